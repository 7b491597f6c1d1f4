from carnet.core import notes, removal, undo
from tests.core.things import contact, note, listed
def test_probe(house):
    a = house.alice
    c = contact(a); n = note(a, contact_id=c.id)
    e = a.does(removal.remove_note, n.id); a.does(removal.remove_contact, c.id)
    try:
        print("KEPT", a.does(undo.undo, e).kept, a.sees(notes.get, n.id))
    except Exception as x:
        print("REFUSED", repr(x))
