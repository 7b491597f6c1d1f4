"""English words for the invention, for two sides of an ocean."""

from __future__ import annotations

from dataclasses import replace

from carnet.cli.fiction.tongue import Errand, Tongue, words
from carnet.core.tasks import Type

_GOODS = (
    "the samples",
    "the autumn order",
    "the oak shelves",
    "the desk lamps",
    "the washed linen",
    "the stoneware",
    "the posters",
    "the gift boxes",
)
_MATTERS = (
    *_GOODS,
    "the annual contract",
    "the visit to the workshop",
    "this season's calendar",
    "the terms of payment",
    "the training of the team",
)

BRITISH = Tongue(
    women=words(
        "Abigail Alice Amelia Beatrice Charlotte Clara Daisy Edith Eleanor Emily Freya Grace Hannah Harriet "
        "Imogen Isla Lucy Maeve Martha Molly Niamh Olivia Phoebe Poppy Rosalind Sophie Tabitha Winifred"
    ),
    men=words(
        "Adam Alistair Arthur Barnaby Callum Daniel Duncan Edmund Finlay Gareth George Hamish Henry Jack "
        "Jasper Joseph Kieran Lachlan Magnus Matthew Nigel Oliver Oscar Owen Rhys Samuel Theodore Toby"
    ),
    families=words(
        "Aldermere Ashcombley Barrowdene Beckermoor Bramblewick Bridgemarsh Brookhollow Cattermere Chantrywell "
        "Cobblewood Cragmarsh Danesholt Dovermarsh Dunsterley Eastermoor Elderbrook Fallowdene Farrowby Foxendale "
        "Garthwick Glenmarsh Goldenthorp Greystead Hallowmere Harkerside Hartlebrook Hazelgarth Heatherstow "
        "Holmebridge Inglemoor Kelderwick Kestlewood Larkenby Lindenhurst Lockermere Marlstead Millersedge Mossengate "
        "Netherdene Oakenrigg Orchardley Pennyholt Quarrendale Ravenstow Redmarley Rookenhurst Saltersgate Sedgewold "
        "Stonemere Summergarth Tarnbrook Thistlewick Underhowe Wainfell Whinmoor Willowgarth Winterdene Yarrowby"
    ),
    positions=tuple(
        (each, each)
        for each in (
            "Head of Sales",
            "Buyer",
            "Purchasing Manager",
            "Project Lead",
            "Managing Director",
            "Chief Engineer",
            "Office Manager",
            "Marketing Manager",
            "Accountant",
            "Architect",
            "Head of Logistics",
            "Communications Officer",
        )
    ),
    companies=(
        "{} Joinery",
        "{} & Daughters",
        "{} Printworks",
        "{} Consulting",
        "{} Textiles",
        "{} Haulage",
        "{} Books",
        "{} Pottery",
        "{} Interiors",
        "{} Nurseries",
    ),
    roots=words(
        "Aldenvane Brackenlow Corvenholm Dravenhall Elmstrake Fennowick Gorsehallow Harrowlune Ivenstead Jarlbeck "
        "Kelmarrow Lowenthwick Marrowfen Norvenby Ostrelow Penmarrick Quillhaven Rushenlow Skelwithen Tarrowmere "
        "Ulvenside Venmarsh Wexenholt Yewstrand"
    ),
    meetings=(
        "Met at the stationery fair, stand 7.",
        "Recommended by a client we share.",
        "Swapped cards at the makers' breakfast.",
        "Rang after our autumn letter.",
        "Same table at the suppliers' dinner.",
    ),
    remarks=(
        "Pays within thirty days, without a reminder.",
        "Decides with the team, on Mondays as a rule.",
        "Always asks for two versions of a quote.",
        "Easier to reach by telephone.",
    ),
    streets=("Inkwell Lane", "Blotter Street", "Paperback Row", "Bookmark Square", "Quill Walk", "Notebook Rise"),
    # The last two letters of a British postcode are never C, I, K, M, O or V, so these look right and lead nowhere.
    towns=("Leeds LS1 4CV", "Bristol BS1 6MO", "York YO1 7KC", "Cardiff CF10 1VI", "Norwich NR2 1OK"),
    phones=("+44 20 7946 0{}{}{}", "+44 7700 900{}{}{}"),
    mail_host="mail.example",
    errands=(
        Errand(Type.CALL, "Call {name} about {matter}", "Best before ten in the morning.", _MATTERS),
        Errand(Type.CALL, "Ring {name} back about {matter}", "There is a message on the machine.", _MATTERS),
        Errand(Type.EMAIL, "Send {name} photographs of {matter}", "The ones from the workshop, full size.", _GOODS),
        Errand(Type.EMAIL, "Write to {name} about {matter}", "Mention what was agreed.", _MATTERS),
        Errand(Type.MEETING, "See {name} about {matter}", "At their place, an hour will do.", _MATTERS),
        Errand(Type.FOLLOW_UP, "Follow up with {name} on {matter}", "Not a word for three weeks.", _MATTERS),
        Errand(Type.PROPOSAL, "Write the proposal for {name}", "Two versions, one of them with training."),
        Errand(Type.QUOTE, "Quote {name} for {matter}", "A discount from twenty pieces on.", _GOODS),
        Errand(Type.OTHER, "Check that {name} has received {matter}", "Ask for the carrier's name.", _GOODS),
        Errand(Type.OTHER, "Thank {name} for the last order", "Written by hand."),
    ),
    deals=(
        "Notebooks for the new term, 400 pieces",
        "Stationery for the Leeds office",
        "Binding of the spring catalogue",
        "Two days of training",
        "Presents at the year's end",
        "A year of upkeep",
    ),
    notes=(
        "Likes cream paper better than white.",
        "A new shop from September: quantities will change.",
        "Very pleased with the last delivery, less so with how long it took.",
        "Asks a partner about everything above a thousand.",
        "Wanted samples of the linen and of the cotton.",
        "Away in the second half of August.",
    ),
)
AMERICAN = replace(
    BRITISH,
    towns=("Madison, WI", "Portland, OR", "Burlington, VT", "Santa Fe, NM", "Duluth, MN"),
    phones=("+1 608 555 01{}{}", "+1 503 555 01{}{}", "+1 802 555 01{}{}"),
)
