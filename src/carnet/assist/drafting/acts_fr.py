"""The French verbs and nouns that name an act, matched without accents."""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.drafting.lists import words_in

_BEFORE: Final = r"(?:(?:de |a |pour |d')?(?:le |la |les |lui |leur |l'|nous |vous |se |me |m')?(?:en )?)?"
_AFTER: Final = (
    r"(?:-(?:lui|la|le|les|leur|nous|moi|toi|l'|y))*(?: (?:aussi|egalement|simplement|juste|bien|vite|"
    r"poliment|gentiment|chaleureusement|encore|a nouveau|donc|en|rapidement|cordialement|fermement|"
    r"sincerement|vivement))*"
)
_REST: Final = r"(?:\b|(?<=')) ?:? ?(?P<rest>.*)$"


def _verb(*stems: str) -> str:
    """The orders, the infinitive and the "-ant" of verbs in -er."""
    return rf"{_BEFORE}(?:{'|'.join(stems)})(?:e[rz]?|ons|ant|es)?{_AFTER}(?!\w)"


def _acts(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern + _REST, re.DOTALL)) for kind, pattern in rows)


HEADING: Final = re.compile(
    r"(?:(?:redige|rediger|redigez|ecris|ecrire|ecrivez|prepare|preparer|preparez|fais|faire|faites|"
    r"envoie|envoyer|envoyez|compose|genere|cree|propose|adresse)"
    r"(?:-(?:moi|lui|leur|nous))* )?(?:(?:un |une |le |ce |mon )?(?:(?:petit|court|bref|nouvel|"
    r"nouveau|gentil|beau|joli|premier) )*(?:e-?mail|mail|courriel|message|mot|brouillon|lettre|"
    r"courrier|reponse|texte)"
    r"(?: (?:court|bref|formel|poli|simple|chaleureux|amical|rapide|professionnel))*)(?: (?:a|pour) "
    r"(?:lui|elle|le client|la cliente|(?:un|une|mon|ma|notre|nos) \w+)|"
    r" a \w+(?: \w+)?(?= (?:pour|afin|disant|et)\b))?"
    r"(?: (?:(?:afin )?de|pour|disant|qui dit|qui|afin d'|ou|dans lequel|ou tu|destine a|visant a)(?= )| d'(?=\w))? ?"
    r"|(?:lui |leur )?(?:ecris|redige|reponds|ecrire|rediger|repondre)(?:-(?:lui|leur))?(?: (?:a|pour) (?:lui|"
    r"elle))?(?: (?:pour dire|pour|afin de|et|en)(?= )| afin d')? "
    r"|(?:un|une) (?=relance|rappel|remerciement|confirmation|invitation|excuse|presentation)"
)
ACTS: Final = _acts(
    (
        (
            "birthday",
            (
                r"(?:.{0,40}\b)?(?:joyeux|bon|bel|excellent) anniv(?:ersaire)?|(?:.{0,40}\b)?(?:pour|d'|un) "
                r"?anniv(?:ersaire)?\b|anniversaire|(?:(?:lui |leur )?souhaite[rz]?(?:-lui)?|fete[rz]?) (?:son |"
                r"un |l')anniversaire"
            ),
        ),
        (
            "reconnect",
            (
                r"(?:(?:re)?pren(?:ds|dre|ez|ons|ant)(?:-(?:lui|leur))? contact|reprise de contact|"
                r"(?:re)?nou(?:e[rz]?|ant) (?:le contact|le lien|les liens|contact|avec)|recontacte[rz]?|"
                r"retabli\w* le contact)(?:-(?:le|la|les))?"
            ),
        ),
        (
            "reconnect_news",
            (
                rf"(?:{_BEFORE}(?:pren(?:ds|dre|ez|ant)|demande[rz]?|demandant){_AFTER}) (?:(?:de )?(?:ses|leurs) "
                rf"nouvelles|(?:des|quelques) nouvelles$)"
            ),
        ),
        (
            "span",
            (
                r"(?:(?:(?:que |car |puisque )?(?:on|nous) (?:ne )?(?:s'est|s'etait|nous sommes|sommes) (?:pas|"
                r"plus|jamais) (?:parlee?s?|vue?s?|croisee?s?|ecrite?s?|contactee?s?|rencontree?s?))|(?:ca|cela) "
                r"fait (?=(?:\w+ ){0,4}(?:ans?|mois|semaines?|longtemps|moment)\b)|je (?:ne )?(?:l'|lui )?ai "
                r"(?:pas|plus) (?:de nouvelles|vue?|parle)|(?:sans|pas de|plus de) nouvelles)"
            ),
        ),
        (
            "thank",
            rf"(?:{_verb('remerci')}|(?:dis|dire)(?:-(?:lui|leur))? (?:un grand |encore )?merci|merci|remerciements?)",
        ),
        (
            "sorry",
            (
                rf"(?:{_verb('excus')}(?:-(?:nous|moi|toi|vous))?(?! (?:du|de la) mot)|(?:presente[rz]?|presentant|"
                rf"fais|"
                rf"faire)(?:-(?:lui|leur))?(?: lui)? (?:toutes )?(?:nos|mes|des|les) (?:plus )?(?:sinceres |plates "
                rf")?excuses|(?:demande[rz]?|demandant)(?:-(?:lui|leur))? (?:pardon|de (?:nous|m')excuser|de "
                rf"m'excuser)|(?:nos |mes |d')?excuses?|desolee?s?|(?:dis|dire)(?:-(?:lui|leur))? (?:que (?:je "
                rf"suis|nous sommes) |qu'on est )(?:vraiment |sincerement )?(?:navree?s?|desolee?s?))"
            ),
        ),
        (
            "congratulate",
            (
                rf"(?:{_verb('felicit')}|(?:nos |mes |toutes (?:nos|mes) )?felicitations|bravo|(?:dis|"
                rf"dire)(?:-(?:lui|leur))? bravo)"
            ),
        ),
        (
            "chase",
            (
                rf"(?:{_verb('relanc')}|relances?|suivi|(?:fais|faire) (?:un |le )?(?:suivi|point)|reviens vers "
                rf"(?:lui|elle)|revenir vers (?:lui|elle)|suite a|suite au|suite aux)"
            ),
        ),
        (
            "remember",
            (
                rf"(?:{_BEFORE}rappel(?:le[rz]?|er|ez|ant|ons){_AFTER}) (?:de |d')(?=(?:[mns]'|nous |me |se |lui |"
                rf"bien )?\w+(?:er|ir|re|oir)\b)"
            ),
        ),
        (
            "call_me",
            (
                r"(?:demande[rz]?(?:-lui)? (?:de |qu'il |qu'elle )?(?:me |nous )?rappele?r?|(?:dis|"
                r"demande)(?:-lui)? de (?:me|nous) rappeler)\b"
            ),
        ),
        (
            "remind",
            (
                rf"(?:{_BEFORE}rappel(?:le[rz]?|er|ez|ant|ons){_AFTER}|rappels?|{_BEFORE}reclam(?:e[rz]?|"
                rf"ant){_AFTER}|reclamation)"
            ),
        ),
        (
            "ask",
            (
                rf"(?:{_verb('demand', 'interrog', 'sollicit', 'questionn')}|demande|(?:pose[rz]?|posant)(?:-lui)? "
                rf"la question|(?:vois|voir|vois avec (?:lui|elle)|verifie[rz]?)(?: avec (?:lui|elle))?(?= (?:si|"
                rf"s')))"
            ),
        ),
        ("tell", rf"{_BEFORE}(?:inform(?:e[rz]?|ant)|previen[st]|prevenir|prevenez|avert(?:is|ir)){_AFTER}(?!\w)"),
        ("received", r"accuse[rz]? (?:bonne )?reception"),
        (
            "tell",
            (
                rf"(?:{_BEFORE}(?:dis|dire|dites|disant|inform(?:e[rz]?|ant)|previen[st]|prevenir|prevenez|"
                rf"prevenant|avert(?:is|ir|issant)|signal(?:e[rz]?|ant)|indiqu(?:e[rz]?|ant)|precis(?:e[rz]?|ant)|"
                rf"mentionn(?:e[rz]?|ant)|expliqu(?:e[rz]?|ant)|ajout(?:e[rz]?|ant)|soulign(?:e[rz]?|ant)|"
                rf"assur(?:e[rz]?|ant)|rassur(?:e[rz]?|ant)|racont(?:e[rz]?|ant)|(?:fais|faire|fait|"
                rf"faisant)(?:-(?:lui|leur))?(?: lui)? (?:savoir|part)|notifi(?:e[rz]?|ant)|repond[sz]?|repondre|"
                rf"repondant|ecris){_AFTER}(?: (?:sur le fait|le fait))?)(?= (?:que|qu|bien que|simplement que|de |"
                rf"d'|du |des |:|a |au |comment|pourquoi)|-|:| ?$| (?:mon|ma|mes|notre|nos|le|la|les|un|une|l')\b| "
                rf"qu')"
            ),
        ),
        ("announce", rf"{_verb('annonc', 'communiqu', 'partag')}"),
        (
            "propose_to",
            (
                rf"{_verb('propos', 'sugger')} (?:de |d')(?=(?:(?:se |nous |me |s'|m'|lui |le |la |les |"
                rf"l')?\w+(?:er|ir|re|oir)\b))"
            ),
        ),
        ("propose", rf"(?:{_verb('propos', 'sugger')}|proposition (?:de|d'))"),
        ("offer", rf"(?:{_BEFORE}(?:offre|offrir|offrez|offrant){_AFTER})"),
        (
            "meet",
            (
                rf"(?:{_verb('fix', 'organis', 'planifi', 'cal', 'program', 'programm', 'sollicit', 'convien')}|"
                rf"(?:pren(?:ds|dre|ez)|trouve[rz]?|donne[rz]?)(?:-(?:lui|leur))?|demande de|prise de|demande "
                rf"d')(?= (?:d'|de |un |une "
                rf"|le |la )?(?:autre )?(?:rendez-vous|rdv|reunion|appel|call|visio|creneau|date|entretien|"
                rf"rencontre|point|demo))"
            ),
        ),
        (
            "present_self",
            (
                r"(?:presente[rz]?-(?:moi|nous)|(?:me|nous) presenter|prise de contact|(?:premier|prends un "
                r"premier) contact)"
            ),
        ),
        (
            "introduce",
            (
                rf"(?:{_verb('present')}|presentation(?: de| d'| du)?|mets?(?:-la|-le)? en relation avec|mise en "
                rf"relation avec)"
            ),
        ),
        (
            "send",
            (
                rf"(?:{_BEFORE}(?:envoi(?:e[rz]?|es)|envoy(?:er|ez|ant)|transme(?:ts|ttre|ttez|ttant)|join(?:s|dre|"
                rf"dez|gnez|gnant)|adress(?:e[rz]?|ant)|remets|fai(?:s|re) (?:suivre|parvenir)){_AFTER})"
            ),
        ),
        ("confirm", rf"(?:{_verb('confirm')}|confirmation(?: de| du| d'|)?)"),
        ("invite", rf"(?:{_verb('invit', 'convi')}|invitation)"),
        ("wish", rf"{_verb('souhait')}"),
        ("accept", rf"{_verb('accept')}"),
        ("decline", rf"(?:{_verb('declin', 'refus')}|(?:reponds|repondre|dis|dire)(?:-lui)? non)"),
        ("cancel", rf"(?P<verb>{_BEFORE}(?:annul)(?:e[rz]?|ant)){_AFTER}(?!\w)"),
        ("postpone", rf"(?P<verb>{_BEFORE}(?:report|decal|repouss|deplac)(?:e[rz]?|ant)){_AFTER}(?!\w)"),
        ("recommend", rf"{_verb('recommand', 'conseill')}"),
        ("await", r"(?:attends|attendre) (?=sa |son |ses |une )"),
    )
)
AFTER_ORDERS: Final = words_in("""
    le la les un une des du de d' l' mon ma mes notre nos son sa ses leur leurs avec sur que qu' pour a au aux en
    ce cette
""")
SENTENCE: Final = re.compile(
    r"^(?:je|j'|nous|on|il|elle|c'est|ce|ca|cela|tout|voici|voila|merci|votre|ton|ta|tes|vos|ma|mon|"
    r"mes|notre|nos|tu|vous)\b|^(?:j'|c'|l')"
    r"|\b(?:est|sont|a|ont|sera|seront|etait|suis|sommes|ai|avons|peux|peut|pouvons|vais|va|allons|"
    r"viendra|arrive|arrivera|doit|devra|aura|serai|serons|commence|demarre|ouvre|change|reste)\b"
)
