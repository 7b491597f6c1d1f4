"""The gender of French nouns, as far as their endings and articles tell."""

from __future__ import annotations

from typing import Final

from carnet.assist.drafting.lists import words_in

_FEMININE_ENDS: Final = tuple(words_in("tion sion xion té ence ance ure ette ée ise ude ade ie esse nion gion"))
_FEMININE: Final = words_in("""
    commande facture demande réponse visite société offre adresse équipe aide boutique candidature carte page
    place date semaine journée voiture lettre liste ligne cliente agence marque remise part marge messagerie
    signature patience confiance maison fille femme banque caisse région ville vente pièce copie note boîte fête
""")
_MASCULINE: Final = words_in("""
    musée lycée côté comité été traité arrêté incendie silence parapluie génie
""")
ARTICLES: Final = {
    **dict.fromkeys(("le", "un", "mon", "ce"), "m"),
    **dict.fromkeys(("la", "une", "ma", "sa", "cette"), "f"),
}


def is_feminine(noun: str) -> bool:
    """Whether a noun is feminine, by its ending; those that one writes about are known."""
    lowered = noun.lower()
    if lowered in _MASCULINE:
        return False
    return lowered in _FEMININE or lowered.endswith(_FEMININE_ENDS)
