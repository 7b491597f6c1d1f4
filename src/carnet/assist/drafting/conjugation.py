"""French verbs in the second person: "peut" is "pouvez" with vous and "peux" with tu."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from carnet.assist.drafting.lists import words_in

# The third person, tu, vous: what no rule gives.
_TABLE: Final = """
est es êtes; a as avez; va vas allez; fait fais faites; dit dis dites; peut peux pouvez; veut veux voulez;
doit dois devez; sait sais savez; voit vois voyez; croit crois croyez; reçoit reçois recevez; boit bois buvez;
prend prends prenez; comprend comprends comprenez; apprend apprends apprenez; reprend reprends reprenez;
vient viens venez; revient reviens revenez; devient deviens devenez; tient tiens tenez; obtient obtiens obtenez;
convient conviens convenez; souvient souviens souvenez; prévient préviens prévenez; met mets mettez;
permet permets permettez; promet promets promettez; transmet transmets transmettez; remet remets remettez;
part pars partez; repart repars repartez; sort sors sortez; sert sers servez; dort dors dormez; sent sens sentez;
connaît connais connaissez; connait connais connaissez; lit lis lisez; écrit écris écrivez; suit suis suivez;
vit vis vivez; court cours courez; perd perds perdez; conduit conduis conduisez; produit produis produisez;
joint joins joignez; rejoint rejoins rejoignez; plaît plais plaisez; ouvre ouvres ouvrez; offre offres offrez;
soit sois soyez; ait aies ayez; puisse puisses puissiez; fasse fasses fassiez; aille ailles alliez;
vienne viennes veniez; sache saches sachiez; prenne prennes preniez; refait refais refaites;
appelle appelles appelez; rappelle rappelles rappelez; renouvelle renouvelles renouvelez; jette jettes jetez;
rejette rejettes rejetez; achète achètes achetez; mène mènes menez; amène amènes amenez; emmène emmènes emmenez;
lève lèves levez; enlève enlèves enlevez; pèse pèses pesez; promène promènes promenez
"""
_IRREGULAR: Final = {third: (vous, tu) for third, tu, vous in (row.split() for row in _TABLE.strip().split(";"))}
_OF_TU: Final = {tu: third for third, (_vous, tu) in reversed(_IRREGULAR.items())}
_OF_VOUS: Final = {vous: (vous, tu) for vous, tu in reversed(_IRREGULAR.values())}
_PLURAL: Final = {
    "sont": "est", "ont": "a", "vont": "va", "font": "fait", "peuvent": "peut", "veulent": "veut", "doivent": "doit",
    "savent": "sait", "viennent": "vient", "prennent": "prend", "disent": "dit", "reçoivent": "reçoit",
}  # fmt: skip
_STEMS_IN_R: Final = tuple(
    sorted(
        words_in("""
    montr entr livr assur prépar compar rencontr déclar sépar retir désir tir inspir recr rentr ouvr offr couvr
    découvr souffr répar espér préfér suggér considér gér opér récupér augur jur mesur dur procur administr
    enregistr
""")
    )
)
_NO_VERBS: Final = frozenset({"chez", "assez", "nez", "rez", "rendez"})
_SHORT: Final = 3
"""Letters of a word that is no regular verb."""
_GRAVE: Final = re.compile(r"è([^aeiouyèé]{1,2}e)$")


@lru_cache(maxsize=1024)
def of_third(form: str) -> tuple[str, str] | None:  # noqa: PLR0911 - a rule of conjugation a line
    """The forms with vous and with tu of a verb in the third person singular; None where it isn't one."""
    lowered = form.lower()
    lowered = _PLURAL.get(lowered, lowered)
    known = _IRREGULAR.get(lowered)
    if known is not None:
        return known
    if lowered.endswith("ent") and len(lowered) > _SHORT + 2:
        lowered = lowered[:-2]
    if lowered.endswith("ait"):
        return lowered[:-3] + "iez", lowered[:-1] + "s"
    if lowered.endswith("ra"):
        return lowered[:-1] + "ez", lowered + "s"
    if lowered.endswith("ront"):
        return lowered[:-3] + "ez", lowered[:-3] + "as"
    if lowered.endswith("e") and len(lowered) > _SHORT:
        return _of_er(lowered), lowered + "s"
    if lowered.endswith(("nd", "rd")):
        return lowered + "ez", lowered + "s"
    if lowered.endswith("it") and len(lowered) > _SHORT:
        return lowered[:-1] + "ssez", lowered[:-1] + "s"
    return None


def _of_er(form: str) -> str:
    for spelt, stem in (("oie", "oy"), ("aie", "ay"), ("uie", "uy")):
        if form.endswith(spelt):
            return form[: -len(spelt)] + stem + "ez"
    return _GRAVE.sub(r"é\1", form)[:-1] + "ez"


@lru_cache(maxsize=1024)
def of_tu(form: str) -> tuple[str, str] | None:
    """The forms with vous and with tu of a verb that stands after tu."""
    lowered = form.lower()
    third = _OF_TU.get(lowered)
    if third is not None:
        return _IRREGULAR[third]
    if lowered.endswith("ais"):
        return of_third(lowered[:-1] + "t")
    if lowered.endswith(("ras", "es")):
        return of_third(lowered[:-1])
    if lowered.endswith("ds"):
        return of_third(lowered[:-1])
    if lowered.endswith("is"):
        return of_third(lowered[:-1] + "t")
    return None


@lru_cache(maxsize=1024)
def of_vous(form: str) -> tuple[str, str] | None:  # noqa: PLR0911 - as above
    """The forms with vous and with tu of a verb that stands with vous, or is an order to it."""
    lowered = form.lower()
    known = _OF_VOUS.get(lowered)
    if known is not None:
        return known
    if not lowered.endswith("ez") or lowered in _NO_VERBS or len(lowered) <= _SHORT:
        return None
    stem = lowered[:-2]
    if stem.endswith("i") and not stem.endswith(("ci", "fi", "li", "di", "vi")):
        return lowered, stem[:-1] + "ais"
    if stem.endswith("r") and not stem.endswith(_STEMS_IN_R):
        return lowered, stem + "as"
    if stem.endswith("iss"):
        return lowered, stem[:-1]
    if stem.endswith(("nd", "rd")):
        return lowered, stem + "s"
    return lowered, _present_of(stem) + "es"


def _present_of(stem: str) -> str:
    for spelt, present in (("oy", "oi"), ("uy", "ui")):
        if stem.endswith(spelt):
            return stem[:-2] + present
    return re.sub(r"é([^aeiouyéè]{1,2})$", r"è\1", stem)


def ordered(form: str) -> tuple[str, str] | None:
    """The orders to vous and to tu: "envoyez", "envoie"."""
    forms = of_vous(form)
    if forms is None:
        return None
    vous, tu = forms
    return vous, tu[:-1] if tu.endswith("es") and tu != "es" else tu


def infinitive(order: str) -> str | None:
    """The infinitive of a regular order: "négocie" and "négociez" give "négocier"."""
    lowered = order.lower()
    if lowered.endswith("ez") and len(lowered) > _SHORT + 1:
        return lowered[:-2] + "er"
    if lowered.endswith("e") and len(lowered) > _SHORT:
        return _of_er(lowered)[:-2] + "er"
    return None
