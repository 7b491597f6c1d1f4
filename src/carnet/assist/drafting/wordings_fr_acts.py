"""The French sentences for what else a mail may do (see `wordings`)."""

from __future__ import annotations

from typing import Final

ACTS: Final[dict[str, tuple[str, ...]]] = {
    "other.subject": ("Message {de name}",),
    "act.about": (
        "Je [vous |t']écris au sujet {de what}.",
        "<Je me permets de vous écrire|Je [vous |t']écris> au sujet {de what}.",
    ),
    "act.inform": ("Je [vous |t']informe {de what}.", "<Je tiens à vous informer|Je [vous |t']informe> {de what}."),
    "act.announce": ("Je [vous |t']annonce {what}.", "<J'ai le plaisir de vous annoncer|Je [vous |t']annonce> {what}."),
    "act.received": ("J'ai bien reçu {what}.",),
    "act.note": ("À noter : {what}.",),
    "act.offer": ("Je [vous|te] propose {what}.", "<J'ai le plaisir de vous proposer|Je [vous|te] propose> {what}."),
    "act.offer_to": ("Je [vous|te] propose {de what}.",),
    "act.suits": ("", "Est-ce que cela [vous|te] conviendrait ?"),
    "act.send": ("Voici {what}.", "<Je vous transmets|Je [vous |t']envoie> {what}."),
    "act.propose": ("Je [vous|te] propose {what}.",),
    "act.need": ("J'aurais besoin {de what}.", "<Je souhaiterais obtenir {what}.|J'aurais besoin {de what}.>"),
    "act.know": (
        "[Pourriez-vous|Pourrais-tu] me dire {what} ?",
        (
            "<Auriez-vous l'amabilité de me dire|[Pourriez-vous|Pourrais-tu] me dire|[Pouvez-vous|Peux-tu] "
            "me dire> {what} ?"
        ),
    ),
    "act.please": (
        "[Pourriez-vous|Pourrais-tu] {what} ?",
        "<Auriez-vous l'amabilité {de what}|[Pourriez-vous|Pourrais-tu] {what}|[Pouvez-vous|Peux-tu] {what}> ?",
    ),
    "act.remind": ("Je [vous|te] rappelle {what}.", "<Je me permets de vous rappeler|Je [vous|te] rappelle> {what}."),
    "act.remember": (
        "Merci de penser à {what}.",
        "<Je vous remercie de bien vouloir penser à|Merci de penser à> {what}.",
    ),
    "act.invite": (
        "Je [vous |t']invite {à what}.",
        "<J'ai le plaisir de vous inviter|J'ai le plaisir de [vous |t']inviter|Je [vous |t']invite> {à what}.",
    ),
    "act.wish": ("Je [vous|te] souhaite {what}.",),
    "act.accept": ("J'accepte <avec plaisir|volontiers> {what}.",),
    "act.decline": (
        "Je ne pourrai malheureusement pas donner suite {à what}.",
        "<Je regrette de ne pouvoir donner suite|Je ne pourrai malheureusement pas donner suite> {à what}.",
    ),
    "act.must": (
        "Je dois malheureusement {what}.",
        "<Je me vois malheureusement dans l'obligation {de what}|Je dois malheureusement {what}>.",
    ),
    "act.confirm": ("Je [vous|te] confirme {what}.",),
    "act.present": (
        "Je [vous|te] présente {what}.",
        "<Je souhaiterais vous présenter|J'aimerais [vous|te] présenter> {what}.",
    ),
    "act.recommend": ("Je [vous|te] recommande {what}.",),
    "act.want": ("Je souhaite {what}.", "<Je souhaiterais|J'aimerais> {what}."),
    "act.news": ("Comment [allez-vous|vas-tu] ?",),
    "act.call_me": ("[Pourriez-vous|Pourrais-tu] me rappeler~ {when}~ ?",),
}
