"""Forms: labels in five languages, whatever parts them from their values, and the others whom a form names."""

from __future__ import annotations

import pytest

from carnet.assist.extraction import extract
from carnet.assist.extraction.labels import field_of, label_of

FORM = "Nom : Inès Aubry\nTél. : 01 99 00 14 52\nCourriel : ines.aubry@halden.example\n"
WHOLE = f"{FORM}Société : Halden Ateliers\n"


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("1. Name of the contact person", "name"),
        ("Nombre contacto", "name"),
        ("Name of the firm", "company"),
        ("Nombre de la empresa", "company"),
        ("CP + localité", "place"),
        ("City/State/ZIP", "place"),
        ("Rue et n°", "street"),
        ("tel_mobile", "phone"),
        ("Email add", "email"),
        ("Titre du poste", "position"),
        ("Quantité", None),
    ],
)
def test_a_label_of_several_words_is_known_by_its_parts(label: str, field: str | None) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize("line", ["Functie / Role: Buyer", "Role....: Buyer", "Role - Buyer", "2) Role: Buyer"])
def test_a_label_is_found_before_any_sign(line: str) -> None:
    label = label_of(line)
    assert label is not None
    assert label.field == "position"


def test_labels_on_one_line_are_parted_without_spaces_too() -> None:
    found = extract(
        "Name:Nora Lind|Company:Kestrel Rail|Role:Signal Engineer|Tel:020 7946 0815|Email:n@kestrel.example"
    )
    assert (found.name, found.company, found.position) == ("Nora Lind", "Kestrel Rail", "Signal Engineer")


@pytest.mark.parametrize(
    ("value", "name"),
    [("Ing. Marta Olsen", "Marta Olsen"), ("Mag. Ada Holm", "Ada Holm"), ("ada holm", "Ada Holm")],
)
def test_a_labelled_name_does_not_end_at_the_stop_of_its_title(value: str, name: str) -> None:
    assert extract(f"Contact: {value}\nFirma: Lind Bau\nTel: 030 23125 410").name == name


@pytest.mark.parametrize("company", ["Ittica Soc. Coop.", "Lagoon Packaging (Pty) Ltd"])
def test_a_labelled_firm_keeps_its_legal_form(company: str) -> None:
    assert extract(f"Name: Nora Lind\nCompany: {company}\nEmail: nora@lagoon.example").company == company


@pytest.mark.parametrize(
    ("label", "written", "local", "name"),
    [
        ("Nom et prénom", "Weber Tanja", "tanja.weber", "Tanja Weber"),
        ("Nom et prénom", "Tanja Weber", "tanja.weber", "Tanja Weber"),
        ("Nom et prénom", "Tanja Weber", "info", "Tanja Weber"),
        ("Apellidos y nombre", "Rovira Gil Elena", "info", "Elena Rovira Gil"),
        ("Apellidos y nombre", "Elena Rovira Gil", "erovira", "Elena Rovira Gil"),
        ("Cognome e nome", "DE SANTIS Anna Maria", "info", "Anna Maria de Santis"),
    ],
)
def test_a_name_stands_as_its_label_asks_unless_an_address_knows_better(
    label: str, written: str, local: str, name: str
) -> None:
    assert extract(f"{label} : {written}\nTél : 01 99 00 14 52\nMail : {local}@halden.example").name == name


@pytest.mark.parametrize("label", ["Requester", "Speaker name", "À l'attention de", "Gérant", "Nom du responsable"])
def test_who_stands_beside_an_unknown_label_is_the_person_where_no_label_is_a_names(label: str) -> None:
    found = extract(f"{label} : Luc Aubry\nSociété : Halden Ateliers\nTél : 01 99 00 14 52\nMail : info@halden.example")
    assert (found.name, found.position) == ("Luc Aubry", None)


@pytest.mark.parametrize(
    "line",
    [
        "Personne à prévenir : Mme Claire Roy, 06 39 98 81 82",
        "Manager: Bob Ray\nManager phone: 06 39 98 81 82",
        "Emergency phone: 06 39 98 81 82",
        "Votre commercial : Luc Roy (06 39 98 81 82)",
        "Assistant's name: Paul Dent\nAssistant's tel: 06 39 98 81 82\nAssistant's email: paul.dent@halden.example",
        "Secondary contact: Mia Roy\nT: 06 39 98 81 82\nE: mia@halden.example",
        "Besoin d'aide ? Appelez le 06 39 98 81 82 ou écrivez à aide@boutique.example",
    ],
)
def test_a_second_person_of_a_form_is_left_out(line: str) -> None:
    found = extract(f"{WHOLE}{line}")
    assert found.name == "Inès Aubry"
    assert found.phones == ["+33 1 99 00 14 52"]
    assert found.emails == ["ines.aubry@halden.example"]


@pytest.mark.parametrize(
    "line",
    ["Numéro d'adhérent : 0639988182", "Passport number: 0639988182", "Tél. / Fax : 01 99 00 14 52 / 01 99 00 14 53"],
)
def test_a_number_that_its_label_calls_something_else_is_no_telephone(line: str) -> None:
    assert extract(f"{WHOLE}{line}").phones == ["+33 1 99 00 14 52"]


def test_a_bare_label_of_the_law_makes_the_figure_below_it_the_laws() -> None:
    assert extract(f"{WHOLE}SIREN\n812 345 678").phones == ["+33 1 99 00 14 52"]


@pytest.mark.parametrize(
    "line",
    [
        "Profil : Particulier",
        "Type de client : Professionnel",
        "Poste : néant",
        "Fonction : 4 sur 12",
        "Message : Je cherche un technicien pour ma chaudière",
        "Message :\nBonjour, je suis le directeur du magasin",
        "Code postal : 35000",
    ],
)
def test_an_answer_is_neither_a_position_nor_a_firm_nor_a_place(line: str) -> None:
    found = extract(f"{FORM}{line}")
    assert (found.position, found.company, found.address) == (None, None, None)


def test_of_a_customer_and_a_business_the_person_is_the_contact() -> None:
    found = extract("Customer: Nora Lind\nBusiness: Lind & Co Landscapes\nPh: (03) 5550 4321\nEmail: n@lind.example")
    assert (found.name, found.company) == ("Nora Lind", "Lind & Co Landscapes")


def test_a_second_name_that_is_a_firm_is_the_company() -> None:
    form = "Billing contact\n  Name ....... Nora Lind\n  Email ...... n@lind.example\nCompany\n  Name ....... Lind Bau GmbH"
    assert (extract(form).name, extract(form).company) == ("Nora Lind", "Lind Bau GmbH")


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ("Via: Via del Porto 9\nCAP: 60121\nCittà: Ancona\nProvincia: AN", "Via del Porto 9, 60121 Ancona, AN"),
        ("Street: 22 Elm St\nCity: Concord\nState: NH\nZIP: 03301", "22 Elm St, Concord, NH 03301"),
        ("Adresse : 3 rue Neuve\n69001 Lyon", "3 rue Neuve, 69001 Lyon"),
        ("Address: 3 Kiln Yard, Cardiff CF10 4QE", "3 Kiln Yard, Cardiff CF10 4QE"),
    ],
)
def test_the_parts_of_an_address_are_put_in_the_order_of_its_country(parts: str, address: str) -> None:
    assert extract(f"Name: Nora Lind\nEmail: nora@lind.example\n{parts}").address == address


def test_of_a_table_the_first_row_is_read_and_the_others_are_other_people() -> None:
    found = extract(
        "Nom;Prénom;Tél;Mail\nAubry;Inès;01 99 00 14 52;ines@halden.example\nRoy;Luc;01 99 00 14 53;luc@halden.example"
    )
    assert (found.name, found.phones) == ("Inès Aubry", ["+33 1 99 00 14 52"])
    assert found.emails == ["ines@halden.example"]


def test_a_name_within_a_company_is_the_companys() -> None:
    found = extract(
        '{"firstName": "Nora", "lastName": "Lind", "company": {"name": "Tay Foods"}, "email": "n@tay.example"}'
    )
    assert (found.name, found.company) == ("Nora Lind", "Tay Foods")
