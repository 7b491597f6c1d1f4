"""vCards, MECARD and HTML cards: they say what each value is, so each value is read as it stands."""

from __future__ import annotations

import pytest

from carnet.assist.extraction import extract


def card(*lines: str, version: str = "3.0") -> str:
    return "\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"])


def test_a_card_gives_each_of_its_fields() -> None:
    found = extract(
        card(
            "FN:Inès Aubry",
            "N:Aubry;Inès;;;",
            "ORG:Halden Ateliers;Achats",
            "TITLE:Acheteuse",
            "EMAIL;TYPE=WORK:ines@halden.example",
            "TEL;TYPE=CELL:+33 6 39 98 00 01",
            "ADR;TYPE=WORK:;;4 quai Rambaud;Lyon;;69002;France",
            "URL:https://halden.example",
            "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/ines-aubry",
            "NOTE:Salon de Lyon\\, stand 12",
        )
    )
    assert found.name == "Inès Aubry"
    assert found.company == "Halden Ateliers"
    assert found.position == "Acheteuse"
    assert found.emails == ["ines@halden.example"]
    assert found.phones == ["+33 6 39 98 00 01"]
    assert found.address == "4 quai Rambaud, 69002 Lyon, France"
    assert found.website == "https://halden.example"
    assert found.linkedin_url == "https://www.linkedin.com/in/ines-aubry"
    assert found.description == "Salon de Lyon, stand 12"
    assert set(found.confidence.values()) == {1.0}


def test_folded_lines_are_joined_and_escapes_undone() -> None:
    found = extract(card("FN:Marie-Laure Pou", " lain", "ORG:Lind\\, Holm\\; Fils", "NOTE:un\\ndeux"))
    assert found.name == "Marie-Laure Poulain"
    assert found.company == "Lind, Holm; Fils"
    assert found.description == "un\ndeux"


def test_a_comma_that_nobody_escaped_is_kept() -> None:
    assert extract(card("FN:Ada Holm", "TITLE:Director, Sales")).position == "Director, Sales"


@pytest.mark.parametrize(
    ("charset", "name"), [("UTF-8", "Fran=C3=A7oise Lef=C3=A8vre"), ("ISO-8859-1", "Fran=E7oise Lef=E8vre")]
)
def test_quoted_printable_is_read_in_its_charset(charset: str, name: str) -> None:
    line = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{name}"
    assert extract(card(line, version="2.1")).name == "Françoise Lefèvre"


def test_quoted_printable_goes_on_over_soft_line_breaks() -> None:
    line = "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Unit 4=0D=0AMill Y=\nard;Reading;;RG1 8ZZ;"
    assert extract(card("FN:Ada Holm", line, version="2.1")).address == "Unit 4, Mill Yard, Reading, RG1 8ZZ"


def test_telephone_addresses_of_version_4_are_numbers() -> None:
    found = extract(card('TEL;VALUE=uri;TYPE="voice,work":tel:+1-212-555-0100;ext=3', "FN:Ada Holm", version="4.0"))
    assert found.phones == ["+1 212-555-0100"]


def test_a_fax_is_no_telephone() -> None:
    found = extract(card("FN:Ada Holm", "TEL;WORK;FAX:+33 1 99 00 00 01", "TEL;WORK;VOICE:+33 1 99 00 00 02"))
    assert found.phones == ["+33 1 99 00 00 02"]


@pytest.mark.parametrize(
    ("shown", "structured", "name"),
    [
        ("Dr. Vera M. Castell PhD", "Castell;Vera;M.;Dr.;PhD", "Vera M. Castell"),
        ("Castell Vera", "Castell;Vera;;;", "Vera Castell"),
        ("Castell, Vera", "Castell;Vera;;;", "Vera Castell"),
        ("", "Castell;Vera;;Mme;", "Vera Castell"),
        ("Vera Castell", "", "Vera Castell"),
    ],
)
def test_the_name_is_in_natural_order_and_without_titles(shown: str, structured: str, name: str) -> None:
    assert extract(card(f"FN:{shown}", f"N:{structured}")).name == name


def test_photos_logos_and_keys_are_passed_over() -> None:
    picture = ["PHOTO;ENCODING=BASE64;TYPE=JPEG:", *[" " + "QUJD" * 18] * 5_000, ""]
    unfolded = ["LOGO;ENCODING=b:" + "QUJD" * 18, *["QUJD" * 18] * 2_000]
    found = extract(card(*picture, *unfolded, "FN:Ada Holm", "KEY:data:application/pgp;base64,QUJD", version="2.1"))
    assert found.name == "Ada Holm"
    assert not found.warnings


def test_a_card_within_a_card_is_not_the_card() -> None:
    nested = card("FN:Bo Nested", "TEL:+33 1 99 00 00 09").split("\n")
    assert extract(card("FN:Ada Holm", "AGENT:", *nested, "TEL:+33 1 99 00 00 01")).phones == ["+33 1 99 00 00 01"]


def test_of_several_cards_the_first_is_read_and_the_others_are_told() -> None:
    found = extract(f"{card('FN:Ada Holm')}\n{card('FN:Bo Lind')}")
    assert found.name == "Ada Holm"
    assert found.warnings == ["There are 2 cards in this text: the first one was read."]


def test_an_indented_and_a_broken_card_are_still_read() -> None:
    assert extract("  BEGIN:VCARD\n  VERSION:3.0\n  FN:Ada Holm\n  no property\n  EMAIL:ada@holm.example").emails == [
        "ada@holm.example"
    ]


def test_a_card_without_anything_is_read_as_text() -> None:
    assert extract("BEGIN:VCARD\nEND:VCARD\nAda Holm\nada@holm.example").name == "Ada Holm"


def test_a_mecard_is_read_with_its_escapes() -> None:
    found = extract(
        "MECARD:N:Faulk,Ruth;ORG:Tide\\; Sons;TEL:7575550191;TEL:+1 757 555 0192;EMAIL:ruth@tide.example;"
        "URL:https\\://tide.example;ADR:,,55 Dock St,Norfolk,VA,23510,USA;NOTE:calls back;;"
    )
    assert found.name == "Ruth Faulk"
    assert found.company == "Tide; Sons"
    assert found.phones == ["+1 757-555-0191", "+1 757-555-0192"]
    assert found.website == "https://tide.example"
    assert found.address == "55 Dock St, Norfolk, VA, 23510, USA"
    assert found.description == "calls back"


def test_a_bizcard_is_read_too() -> None:
    found = extract("BIZCARD:N:Sean;X:Owe;T:Engineer;C:Gear Works;B:+12125550100;E:sean@gear.example;;")
    assert (found.name, found.position, found.company) == ("Sean Owe", "Engineer", "Gear Works")
    assert found.emails == ["sean@gear.example"]


def test_classes_of_a_page_name_their_fields() -> None:
    found = extract(
        '<div class="h-card"><span class="p-name">Sunita Rao</span> <b class="p-org">Marl Ceramics</b>'
        '<i class="p-job-title">Kiln Lead</i><a href="mailto:sunita@marl.example?subject=Hi">write</a></div>'
    )
    assert (found.name, found.company, found.position) == ("Sunita Rao", "Marl Ceramics", "Kiln Lead")
    assert found.emails == ["sunita@marl.example"]


def test_what_a_page_hides_is_not_read() -> None:
    found = extract(
        "<style>p{color:red}</style><p>Ada Holm<br>ada@holm.example</p><!-- bo@lind.example -->"
        '<div style="display:none">eve@evil.example</div><script>"x@y.example"</script>'
    )
    assert found.emails == ["ada@holm.example"]


def test_a_logo_names_the_firm_where_a_domain_says_so() -> None:
    page = '<p><a href="https://halden.example"><img alt="{}"></a></p><p>Inès Aubry<br>Acheteuse<br>ines@halden.example</p>'
    assert extract(page.format("Halden Ateliers")).company == "Halden Ateliers"
    assert extract(page.format("Photo de groupe")).company is None


def test_links_are_unwrapped_and_trackers_and_networks_are_no_site() -> None:
    found = extract(
        "<p>Ada Holm<br>Holm Mills<br>ada@holm.example</p>"
        '<p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.holm.example%2F&amp;data=1">'
        'our site</a> <a href="https://www.linkedin.com/company/holm"><img src="in.png"></a>'
        '<a href="https://www.linkedin.com/in/ada-holm?trk=x"><img src="in.png"></a></p>'
        '<img src="https://track.mailer.example/o.gif">'
    )
    assert found.website == "https://www.holm.example/"
    assert found.linkedin_url == "https://www.linkedin.com/in/ada-holm"


def test_an_introduction_of_a_quotation_begins_with_its_date_and_leaves_the_line_above() -> None:
    page = (
        "<p>Inès Aubry<br>Manager, Donor Relations<br>Halden Trust<br>ines@halden.example</p>"
        "<blockquote>On Mar 3, 2025, at 9:01 AM, Luc Roy &lt;luc@other.example&gt; wrote:<br>Luc Roy</blockquote>"
    )
    found = extract(page)
    assert found.emails == ["ines@halden.example"]
    assert found.position == "Manager, Donor Relations"
