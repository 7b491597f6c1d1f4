"""Numbers, addresses, names and sites, each by itself."""

from __future__ import annotations

import pytest

from carnet.assist.extraction import extract, links, mending, spoken
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.postal import Piece, piece_of


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("Tél. : 01 99 00 14 52", "+33 1 99 00 14 52"),
        ("T +33 (0)1 99 00 14 52", "+33 1 99 00 14 52"),
        ("Port. 06.39.98.12.34", "+33 6 39 98 12 34"),
        ("0199001452", "+33 1 99 00 14 52"),
        ("Tél 01 99 00 14 52 poste 12", "+33 1 99 00 14 52"),
        ("01 99 00 14 52 (fax : 01 99 00 14 53)", "+33 1 99 00 14 52"),
        ("📞 01 99 00 14 52", "+33 1 99 00 14 52"),
    ],
)
def test_a_number_is_read_however_it_is_written(line: str, phone: str) -> None:
    assert extract(f"Inès Aubry\n{line}\nines@halden.fr").phones == [phone]


@pytest.mark.parametrize(
    "line",
    [
        "SIRET : 552 100 554 00025",
        "TVA FR40 552100554",
        "IBAN : FR76 3000 6000 0112 3456 7890 189",
        "Commande n° 0612345678-A",
        "Fax 01 99 00 14 52",
        "Télécopie : 01 99 00 14 52",
        "RCS Lyon 812 345 678",
        "N° client : 0199001452",
        "12/03/2025 10:30",
        "4 250,00 €",
        "#0199001452",
    ],
)
def test_other_figures_are_no_numbers(line: str) -> None:
    assert extract(f"Inès Aubry\n{line}\nines@halden.fr").phones == []


def test_what_many_words_show_a_scanner_broke_is_mended_in_all_of_them() -> None:
    text = "C0ASTAL D00RS\nMichae1 St-0nge\nSa1es Assoc1ate\nms@coastal.example"
    assert mending.is_scanned(text)
    assert not mending.is_scanned("Studio1 | H1 2024 | B2B")
    found = extract(text)
    assert (found.name, found.company, found.position) == ("Michael St-Onge", "COASTAL DOORS", "Sales Associate")


@pytest.mark.parametrize(
    ("number", "international"),
    [("0590 55 01 33", "+590 590 55 01 33"), ("0692 55 01 77", "+262 692 55 01 77")],
)
def test_numbers_that_only_the_overseas_have_are_theirs_in_a_french_text(number: str, international: str) -> None:
    text = f"Rosy Almont\nCourtière en assurances\nBureau : {number}\nMétropole : 01 99 00 55 34"
    assert extract(text).phones == [international, "+33 1 99 00 55 34"]


def test_a_pty_in_brackets_is_south_african() -> None:
    assert extract("Nora Lind\nLagoon Packaging (Pty) Ltd\nTel: 031 555 0144").phones == ["+27 31 555 0144"]


def test_the_country_of_a_number_comes_from_what_stands_around_it() -> None:
    assert extract("Reto Zumstein\n079 555 01 18\nreto@hochegg.ch").phones == ["+41 79 555 01 18"]
    assert extract("Omar Tazi\nGSM 06 61 00 12 34\no.tazi@atlas.ma").phones == ["+212 6 61 00 12 34"]
    assert extract("Jo Tran\nMob 0491 570 156\nLevel 3, 88 Crown St, Wollongong NSW 2500").phones == ["+61 491 570 156"]


def test_a_number_whose_country_nothing_tells_stays_as_it_is_written() -> None:
    assert extract("Sam Hill\nPhone: 0491 570 1567").phones == ["0491 570 1567"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dr. DUPIN Thierry, MBA", "Thierry Dupin"),
        ("Vincent PRÉVOST", "Vincent Prévost"),
        ("KATHLEEN O'ROURKE, ESQ.", "Kathleen O'Rourke"),
        ("i. A. Dipl.-Ing. Katrin Oberländer", "Katrin Oberländer"),
        ("Wei Ling TAN (Ms)", "Wei Ling Tan"),
        ("Osei, Kwame", "Kwame Osei"),
        ("Dr Fiona MacAllister FRSE (she/her)", "Fiona MacAllister"),
        ("Jean-Baptiste de La Tour", "Jean-Baptiste de La Tour"),
        ('William "Bill" Kowalski III', 'William "Bill" Kowalski III'),
        ("Don Johnson", "Don Johnson"),
        ("Avv. Silvia D'ANGELO", "Silvia D'Angelo"),
    ],
)
def test_a_name_is_said_as_people_say_it(written: str, name: str) -> None:
    assert natural(written) == name


@pytest.mark.parametrize("text", ["Sales & Co", "3 rue Neuve", "we met him", "x@y.example", "Saskia's Profile", ""])
def test_what_can_be_no_name_is_none(text: str) -> None:
    assert person(text) is None


@pytest.mark.parametrize(
    ("name", "local"),
    [("Jean-Baptiste de La Tour", "jb.delatour"), ("Katrin Oberländer", "k.oberlaender"), ("Bo Lind", "lind.bo")],
)
def test_an_address_tells_whose_it_is(name: str, local: str) -> None:
    assert local_match(name, local) > 0.85
    assert local_match("Rosa Maret", local) == 0


@pytest.mark.parametrize(
    ("company", "domain"),
    [
        ("Atlas Céréales S.A.", "atlas-cereales"),
        ("Cedar Rapids County Sheriff's Office", "crcso"),
        ("Coopérative Agricole du Val d'Ouche", "cavalouche"),
        ("Vanille & Cie", "vanilleetcie"),
        ("Great Lakes Fasteners, Inc.", "glfasteners"),
    ],
)
def test_a_domain_tells_the_company(company: str, domain: str) -> None:
    assert domain_match(company, domain) > 0.5
    assert domain_match("Head of Sales", domain) == 0


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("12 rue Neuve", Piece.STREET),
        ("Industriestraße 17a", Piece.STREET),
        ("Via dei Mille", Piece.WAY),
        ("69001 Lyon Cedex 3", Piece.CODE),
        ("London EC1A 7JQ", Piece.CODE),
        ("NY 12207", Piece.CODE),
        ("BP 40102", Piece.ROOM),
        ("2e étage", Piece.ROOM),
        ("3818 Grindelwald", Piece.FAINT_CODE),
        ("Österreich", Piece.COUNTRY),
        ("112", Piece.NUMBER),
        ("we sell 3 of them", None),
    ],
)
def test_pieces_of_an_address_are_known_by_their_shape(text: str, piece: Piece | None) -> None:
    assert piece_of(text) is piece


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ("41, boulevard Carnot\n06400 CANNES", "41, boulevard Carnot, 06400 CANNES"),
        ("Cathedral Close\nWells\nSomerset\nBA5 2UE", "Cathedral Close, Wells, Somerset, BA5 2UE"),
        ("90 State Street, 11th Floor\nAlbany, NY 12207", "90 State Street, 11th Floor, Albany, NY 12207"),
        ("Lange Laube 3, 30159 Hannover", "Lange Laube 3, 30159 Hannover"),
        ("C/ Real 27, 2.º B\n23001 Jaén (España)", "C/ Real 27, 2.º B, 23001 Jaén (España)"),
        ("Corso Italia 9 – 52100 Arezzo", "Corso Italia 9 – 52100 Arezzo"),
        ("BP 33, Hay Dakhla – 80000 Agadir – Maroc", "BP 33, Hay Dakhla – 80000 Agadir – Maroc"),
        ("Pol. Ind. Urtegi, 7 · 20750 Zumaia", "Pol. Ind. Urtegi, 7 · 20750 Zumaia"),
        ("Avenue Chardy, 01 BP 1234 Abidjan 01", "Avenue Chardy, 01 BP 1234 Abidjan 01"),
        ("2 bis, venelle du Puits – 22300 LANNION", "2 bis, venelle du Puits – 22300 LANNION"),
        ("N6789 County Road K\nMonroe, WI 53566", "N6789 County Road K, Monroe, WI 53566"),
        ("1 Farrer Place\nSydney NSW 2000", "1 Farrer Place, Sydney NSW 2000"),
        ("Route de Banon-04300 FORCALQUIER", "Route de Banon - 04300 FORCALQUIER"),
    ],
)
def test_an_address_is_one_line(lines: str, address: str) -> None:
    assert extract(f"Ada Holm\nHolm Mills\n{lines}\nada@holm.example").address == address


@pytest.mark.parametrize(
    "lines",
    ["Fondamenta Nove 5012, Cannaregio\n30121 Venezia", "Werk II, Halle 4\nAm Steinbruch 1\n09212 Limbach"],
)
def test_what_stands_between_a_firm_and_its_postcode_is_of_the_address(lines: str) -> None:
    found = extract(f"Ada Holm\nSales Director\nHolm Mills Ltd\n{lines}\nada@holm.example")
    assert found.address == lines.replace("\n", ", ")


def test_a_scheduler_is_no_site_and_a_site_needs_no_scheme() -> None:
    text = "Ada Holm\nada@holm.example\nBook: https://calendly.com/ada/30min\nholm.example"
    assert extract(text).website == "holm.example"
    assert extract("Ada Holm\nada@holm.example").website is None


@pytest.mark.parametrize(
    ("wrapped", "url"),
    [
        ("https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&data=1", "https://a.example/"),
        ("https://urldefense.com/v3/__https://a.example/__;!!x", "https://a.example/"),
        ("https://urldefense.proofpoint.com/v2/url?u=http-3A__a.example_&d=x", "http://a.example/"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
    ],
)
def test_wrapped_addresses_are_unwrapped(wrapped: str, url: str) -> None:
    assert links.unwrapped(wrapped) == url


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("email jane dot doe at acme dot co dot uk", "email jane.doe@acme.co.uk"),
        ("mail s point leclercq arobase metal tiret rhone point fr", "mail s.leclercq@metal-rhone.fr"),
        ("my number is oh one six three two nine six oh double four one", "my number is tel 01632960441"),
        ("le zéro six trente-neuf cinquante et un zéro deux dix-sept", "le tel 0639510217"),
        ("mail me at jane dot doe at acme dot example", "mail me at jane.doe@acme.example"),
        ("prénom Ada nom de famille Holm", "\nprénom: Ada\nnom de famille: Holm"),
        ("first name Ada last name Holm company Lind", "\nfirst name: Ada\nlast name: Holm\ncompany: Lind"),
        ("Berrada B E deux R A D A il vient point final", "Berrada  il vient point final"),
        ("le zéro quatre soixante-cinq soixante et onze quatre-vingt-dix-huit douze", "le tel 0465719812"),
        ("null eins sieben eins einundzwanzig vierunddreißig sechs sieben", "tel 0171213467"),
        ("name colon Ada new line company colon Holm", "name: Ada\ncompany: Holm"),
        ("he works at acme and sees to it", "he works at acme and sees to it"),
    ],
)
def test_what_was_dictated_is_typed(said: str, typed: str) -> None:
    assert spoken.typed(said) == typed


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("T: O1632 96O 118", "T: 01632 960 118"),
        ("oliver.lark @holm.co.uk", "oliver.lark@holm.co.uk"),
        ("I M P R I M E R I E   D U   C A N A L", "IMPRIMERIE DU CANAL"),
        ("0ptique des Arcades", "Optique des Arcades"),
        ("ada . holm @ holm . example", "ada.holm@holm.example"),
        ("FlONA MACALLlSTER", "FIONA MACALLISTER"),
        ("lnh. Ada Holm", "Inh. Ada Holm"),
        ("14, av . de la Gare", "14, av. de la Gare"),
        ("lgnacio", "Ignacio"),
        ("1O0 Douglas Hall, 37OO Spiez", "100 Douglas Hall, 3700 Spiez"),
        ("Papelera S .A.", "Papelera S.A."),
        ("Bakewell DE45 lFD", "Bakewell DE45 1FD"),
        ("Expert—comptable", "Expert-comptable"),
        ("o 541-555-0170", "o 541-555-0170"),
        ("H1 2024 Studio1", "H1 2024 Studio1"),
        ("www .holm. fr", "www.holm.fr"),
        ("CTO @ Holm.io", "CTO @ Holm.io"),
        ("London EC1A 7JQ", "London EC1A 7JQ"),
    ],
)
def test_what_a_scanner_broke_is_mended(broken: str, whole: str) -> None:
    assert mending.mended(broken) == whole
