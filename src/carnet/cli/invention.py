"""The words of which invented people, companies and tasks are made, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carnet.core.tasks import Type

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a person of one language may be called, do, and be owed."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    positions: tuple[str, ...]
    meetings: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    phones: tuple[str, ...]
    tasks: tuple[tuple[Type, str, str], ...]
    things: tuple[str, ...]

    def phone(self, chance: random.Random) -> str:
        """A number reserved for fiction."""
        digits = f"{chance.randint(0, 9999):04}"
        return chance.choice(self.phones).format(*digits)

    def address(self, chance: random.Random) -> str:
        """A house that isn't there."""
        street, number = chance.choice(self.streets), chance.randint(1, 180)
        return f"{number} {street}, {chance.choice(self.towns)}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FRENCH = Tongue(
    given=_words(
        "Inès Maëlle Camille Léa Chloé Manon Élodie Aurélie Nathalie Sylvie Hélène Anaïs Zoé Noémie Margaux "
        "Lucas Hugo Théo Clément Rémi François Étienne Jérôme Benoît Cédric Gaël Loïc Bastien Raphaël "
        "Guillaume"
    ),
    family=_words(
        "Aubry Marchand Lefèvre Garnier Chevalier Fontaine Rousseau Mercier Blanchard Guérin Boyer Lemoine "
        "Besson Perrin Roussel Gaillard Renard Barbier Carpentier Collet Delorme Faure Gautier Hamon Jacquet "
        "Leclerc Maillard Navarro Pasquier Tessier"
    ),
    positions=(
        "Directrice commerciale",
        "Acheteur",
        "Responsable des achats",
        "Cheffe de projet",
        "Gérant",
        "Directeur technique",
        "Assistante de direction",
        "Responsable marketing",
        "Comptable",
        "Architecte",
        "Responsable logistique",
        "Directrice des opérations",
    ),
    meetings=(
        "Rencontrée au salon de Lyon, stand 14",
        "Recommandé par un client commun",
        "Présentés lors d'un petit-déjeuner à Nantes",
        "A téléphoné après notre lettre de rentrée",
        "Croisé dans le train de Lille",
    ),
    streets=("rue des Tilleuls", "quai de la Fosse", "avenue du Moulin", "place du Marché", "chemin des Vignes"),
    towns=("69002 Lyon", "44000 Nantes", "35000 Rennes", "31000 Toulouse", "59000 Lille", "67000 Strasbourg"),
    phones=("+33 1 99 00 {}{} {}{}", "+33 6 39 98 {}{} {}{}"),
    tasks=(
        (Type.CALL, "Appeler au sujet", "Préfère être appelée le matin, avant dix heures."),
        (Type.EMAIL, "Envoyer un mot à propos", "Rappeler ce qui a été dit lors de la dernière rencontre."),
        (
            Type.MEETING,
            "Fixer un rendez-vous pour parler",
            "Deux créneaux la semaine prochaine, chez eux de préférence.",
        ),
        (Type.FOLLOW_UP, "Relancer à propos", "Sans nouvelles depuis trois semaines."),
        (Type.PROPOSAL, "Préparer la proposition autour", "Deux variantes, la seconde avec la formation comprise."),
        (Type.QUOTE, "Chiffrer un devis autour", "Remise possible à partir de vingt pièces."),
        (Type.OTHER, "Vérifier la livraison autour", "Demander le nom du transporteur."),
    ),
    things=(
        "des échantillons",
        "du lin",
        "de la commande d'automne",
        "du catalogue de printemps",
        "des étagères en chêne",
        "de l'atelier de Nantes",
        "des lampes",
        "du contrat annuel",
        "de la céramique",
        "du salon de Lyon",
    ),
)
ENGLISH = Tongue(
    given=_words(
        "Imogen Harriet Eleanor Beatrice Phoebe Rosalind Tabitha Winifred Maeve Niamh Abigail Clara Edith "
        "Freya Greta Alistair Barnaby Callum Duncan Edmund Finlay Gareth Hamish Ivor Jasper Kieran Lachlan "
        "Magnus Nigel Oswald"
    ),
    family=_words(
        "Ashworth Bramley Caldwell Dunmore Ellerby Fairbank Greenhalgh Hathersage Inglewood Jessop Kettering "
        "Langford Marchbank Netherby Oakshott Pemberley Quarles Ravensdale Stanhope Thornbury Underhill "
        "Varley Wetherby Yardley Hollins Birtwell Crossley Denholm Eastwick Fenwick"
    ),
    positions=(
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
        "Operations Director",
    ),
    meetings=(
        "Met at the Leeds trade fair, stand 7",
        "Recommended by a client we share",
        "Introduced over breakfast in Bristol",
        "Rang after our autumn letter",
        "Sat next to each other on the train to York",
    ),
    streets=("Mill Lane", "Station Road", "Orchard Street", "Quayside", "Church Walk"),
    towns=("Leeds LS1 4XX", "Bristol BS1 6XX", "York YO1 7XX", "Cardiff CF10 1XX", "Norwich NR2 1XX"),
    phones=("+44 20 7946 0{}{}{}", "+44 7700 900{}{}{}"),
    tasks=(
        (Type.CALL, "Ring about", "Best before ten in the morning."),
        (Type.EMAIL, "Send a note about", "Mention what was said when we last met."),
        (Type.MEETING, "Find a date to talk about", "Two slots next week, at their place if possible."),
        (Type.FOLLOW_UP, "Follow up on", "Not a word for three weeks."),
        (Type.PROPOSAL, "Write the proposal for", "Two versions, the second with training."),
        (Type.QUOTE, "Quote for", "A discount from twenty pieces on."),
        (Type.OTHER, "Check the delivery of", "Ask for the carrier's name."),
    ),
    things=(
        "the samples",
        "the linen",
        "the autumn order",
        "the spring catalogue",
        "the oak shelves",
        "the Leeds workshop",
        "the lamps",
        "the annual contract",
        "the ceramics",
        "the trade fair",
    ),
)
TONGUES = (FRENCH, ENGLISH)
_FIRST = _words(
    "Halden Kvist Brenn Aldwick Morvane Tessaly Ostrel Varenne Quillon Brandreth Corbelle Dunvale Esterel "
    "Fairmoor Galerne Hollowell Isambard Jarrow Kestrel Lormont Merrow Norvane Orfeuil Penhale Quarrie "
    "Roseval Sarnelle Thorne Ulverne Vauclair Westmark Yarrow Zephyrin"
)
_SECOND = (
    "Ateliers",
    "Optics",
    "& Fils",
    "Textiles",
    "Joinery",
    "Conseil",
    "Logistics",
    "Céramique",
    "Lighting",
    "Imprimerie",
    "Instruments",
    "Paysage",
)


def companies(chance: random.Random, count: int) -> list[str]:
    """So many invented names of companies, or all there can be."""
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    return chance.sample(names, min(count, len(names)))
