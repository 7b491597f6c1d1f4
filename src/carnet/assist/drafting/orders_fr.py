"""The French ways to order something about a draft, the most particular first. They are matched without accents."""

from __future__ import annotations

import re
from typing import Final

_IT = r"(?:-(?:le|la|les|moi|lui|leur))*(?: (?:le|la|les|lui|moi|un peu))?"
_MAIL = r"(?: (?:l'e-?mail|le (?:mail|message|courriel|texte|ton|brouillon|style)|l'ensemble|tout|ca|cela|le tout))?"
_MAKE = (
    r"(?:le |la |l')?(?:(?:rends?|rendre|fai[st]|faire|mets?|mettre|sois|soyez|adopte|adopter|utilise|utiliser|"
    r"prends?|ecris|redige|version|"
    r"passe|passer|reste|rester|je le veux|trop|en|un ton|ton|il (?:faut|faudrait)(?: que ce soit)?|avec)"
    rf"{_IT}{_MAIL} )*(?:(?:un peu|beaucoup|encore|bien|nettement|un ton|d'un ton|de facon|de maniere|"
    rf"dans un style|en version|sur un ton) )*"
)
_CHANGE = r"(?:(?:change|changer|modifie|modifier|mets?|mettre|remplace|remplacer|corrige|donne)(?:-moi|-lui)? )?"
_INTO = r"(?: (?:en|par|pour|a|avec|est|sera|devient|devrait etre)(?= )| ?[:=])"


def _ways(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


FRENCH: Final = _ways(
    (
        (
            "lengthen",
            (
                r"(?:c'est |il est |le (?:mail|texte) est )?(?:beaucoup |un peu )?trop (?:courte?|bref|breve|"
                r"concise?|sec)$"
            ),
        ),
        (
            "casual",
            (
                r"(?:c'est |il est |le (?:mail|texte|ton) est )?(?:beaucoup |un peu )?trop (?:formel|guinde|solennel|"
                r"raide|froid|distant|ceremonieux)\w*$"
            ),
        ),
        (
            "formal",
            (
                r"(?:c'est |il est |le (?:mail|texte|ton) est )?(?:beaucoup |un peu )?trop (?:familier|decontracte|"
                r"informel|relache|cool)\w*$"
            ),
        ),
        ("greeting", r"(?:mets?|mettre|utilise) (?P<value>.+?) (?:en|comme) (?:salutation|formule d'appel)$"),
        (
            "undo",
            (
                r"(?:annule[rz]?|defai[st]|defaire|reviens|revenir|retourne|retour|restaure|retablis)(?:$|-moi$| "
                r"ca$| cela$| tout ca$|"
                r"(?: [\w'-]+){0,6} (?:modifs?|modifications?|changements?|versions?|arriere|precedente|"
                r"d'avant|action)\b)"
                r"|version (?:precedente|d'avant)$"
            ),
        ),
        (
            "uncopy",
            (
                r"(?:retire|enleve|supprime|ote)[rz]? (?P<value>.{1,200}?) (?:de la|des|de|en) (?:copies?|cc|cci|"
                r"destinataires?)(?: .*)?$"
            ),
        ),
        (
            "bcc",
            (
                r"(?:(?:mets?|mettre|ajoute[rz]?|copie) )?(?P<value>.{0,200}?)(?:en |de |une )?(?:copie cachee|"
                r"cci|bcc)\b(?P<other>.*)"
            ),
        ),
        (
            "cc",
            (
                r"(?:(?:mets?|mettre|met|ajoute[rz]?|place) )(?P<value>.{0,200}?) ?(?:en |a la )?(?:copie|"
                r"cc)\b(?P<other>.*)"
                r"|(?:en )?(?:cc|copie)\b ?:? ?(?:a )?(?P<any>.*)"
            ),
        ),
        (
            "to",
            (
                r"(?:(?:ajoute[rz]?|mets?|mettre) (?P<value>\S+@\S+) (?:aux|en|comme|dans les) destinataires?.*"
                r"|(?:envoie|envoyer|envoyez|adresse|adresser|destinataires?)(?:-le|-la|-lui)?(?: (?:le|ce|cet|"
                r"l'))?(?: ?(?:mail|e-?mail|message|courriel))?"
                r"(?: aussi| plutot| egalement)? ?(?:a|:)? ?(?P<other>\S+@\S+.*))"
            ),
        ),
        (
            "subject",
            (
                rf"{_CHANGE}(?:(?:l'|le |un |comme )?(?:objet|sujet|titre)"
                r"(?: du (?:mail|message|courriel)| de l'e-?mail)?)"
                rf"(?:{_INTO}|(?= ?[«\"“])) ?(?P<value>.+)"
            ),
        ),
        ("subject", r"(?:mets?|mettre|utilise) (?P<value>.+?) (?:en|comme) (?:objet|sujet|titre)$"),
        (
            "greeting",
            (
                r"(?:commence|commencer|commencez|debute|debuter|demarre|demarrer|ouvre|ouvrir)(?:-le)?(?: (?:le|"
                r"l')? ?(?:mail|e-?mail|message|courriel|texte))?"
                r" (?:par|avec|:) ?(?P<value>.+)"
            ),
        ),
        (
            "greeting",
            (
                rf"{_CHANGE}(?:la |l'|une )?(?:salutation|formule d'appel|formule d'introduction|formule "
                rf"d'ouverture)(?: du mail)?{_INTO} ?(?P<value>.+)"
            ),
        ),
        (
            "signature",
            (
                rf"(?:{_CHANGE}(?:la |ma |une )?signature{_INTO}|(?:signe|signer|signez)(?:-le)?"
                r"(?: (?:le (?:mail|message)))?(?: en tant que| comme| par| avec| au nom de| de la part de| "
                r"?:)?(?: simplement| juste| seulement)?) ?(?P<value>.+)"
            ),
        ),
        (
            "sign_off",
            (
                r"(?:termine|terminer|finis|finir|conclus|conclure|cloture|cloturer)(?:-le)?(?: (?:le|l')? "
                r"?(?:mail|e-?mail|message|courriel))?"
                r" (?:par|avec|sur) ?(?P<value>.+)"
            ),
        ),
        ("sign_off", rf"{_CHANGE}(?:la )?formule de (?:politesse|fin|conclusion){_INTO} ?(?P<value>.+)"),
        (
            "translate",
            (
                rf"(?:tradui\w+|transpose|mets?|mettre|passe|passer|reecris|redige|reformule|ecris|version|"
                rf"(?:fai[st]|faire)(?: une)? version|"
                rf"basculer?){_IT}{_MAIL}(?: (?:ce|cet) \w+)?"
                r"(?: en| vers l'| vers le)?(?: langue)? ?(?P<value>anglais|francais|anglaise|francaise)\b.*"
            ),
        ),
        ("language", r"(?:ecris|redige|fais|envoie)?(?:-le|-la|-lui)? ?(?:en|version) (?P<value>anglais|francais)\b"),
        (
            "tu",
            (
                r"(?:[^,.;:]{0,30}\b)?(?:tutoie\w*|tutoy\w+|tutoiement|(?:passe|passer|passons|mets|utilise|"
                r"dis)(?:-lui)?(?: (?:au|le|en|a))? ?[\"«]? ?tu)\b.{0,40}$"
            ),
        ),
        (
            "vous",
            (
                r"(?:[^,.;:]{0,30}\b)?(?:vouvoie\w*|vouvoy\w+|vouvoiement|(?:passe|passer|repasse|passons|mets|utilise|"
                r"dis)(?:-lui)?(?: (?:au|le|en|a))? ?[\"«]? ?vous)\b.{0,40}$"
            ),
        ),
        (
            "shorten",
            (
                rf"(?:raccourci\w*|abreg\w+|condens\w+|resum\w+|redui[st]\w*|synthetis\w+|ecourt\w+|simplifi\w+|"
                rf"coupe)\b(?!.*\bpar\b){_IT}.{{0,80}}$"
            ),
        ),
        ("firm", rf"{_MAKE}(?:poli(?:e|ment)? mais )?(?:plus )?(?:ferme(?:ment)?|insistant\w*|direct\w*)$"),
        (
            "shorten",
            (
                rf"{_MAKE}(?:(?:le |la )?[\w-]{{0,16}} ?(?:paragraphe|phrase)(?: \d)? )?(?:(?:plus|tres|assez) "
                rf")?(?:court|courte|courts|bref|breve|concis|concise|succinct\w*|"
                r"brievement|moins long\w*|rapide|long)(?: .{0,50})?$"
            ),
        ),
        (
            "lengthen",
            (
                rf"(?:developpe\w*|rallonge\w*|allonge\w*|etoffe\w*|detaille\w*|elargi\w*|enrichi\w*|"
                rf"complete)\b{_IT}.{{0,80}}$"
            ),
        ),
        (
            "lengthen",
            (
                rf"{_MAKE}(?:(?:plus|assez|tres) )?(?:(?:long|longue|longs|detaillee?|developpee?|complet|complete|"
                rf"etoffee?)|plus de details?)(?: .{{0,40}})?$"
            ),
        ),
        (
            "casual",
            (
                rf"{_MAKE}(?:moins (?:formel|guinde|solennel|raide|froid|ceremonieux)\w*|(?:plus |assez |tres "
                rf")?(?:decontracte|familier|familiere|informel|informelle|detendue?|cool|relax|naturelle?|leger|"
                rf"legere|spontanee?)\w*)(?: .{{0,40}})?$"
            ),
        ),
        (
            "warm",
            (
                rf"{_MAKE}(?:(?:plus|tres) )?(?:chaleureu\w+|amical\w*|sympa\w*|cordial|gentil\w*|aimable|"
                rf"convivial\w*)(?: .{{0,40}})?$"
            ),
        ),
        (
            "formal",
            (
                rf"(?:formalise\w*.*|{_MAKE}(?:(?:plus|tres|assez) )?(?:formel|formelle|soutenu|soutenue|"
                rf"professionnel|professionnelle|serieu\w+|polie?|solennel\w*|respectueu\w+|pro|distant)(?: .{{"
                rf"0,40}})?)$"
            ),
        ),
        (
            "delete",
            (
                r"(?:supprime|supprimer|supprimez|enleve|enlever|retire|retirer|efface|effacer|ote|oter|vire|"
                r"virer|ne (?:parle|mentionne)[rz]? (?:pas|plus))(?:-moi)? (?P<value>.+)"
            ),
        ),
        (
            "replace",
            (
                r"(?:remplace|remplacer|remplacez|substitue|change|changer|corrige|corriger|modifie)(?:-moi)? "
                r"(?P<value>.+?) (?:par|en|avec) (?P<other>.+)"
            ),
        ),
        (
            "instead",
            r"(?:mets?|mettre|ecris|dis|utilise) (?P<value>.+?) (?:au lieu de|a la place de|plutot que) (?P<other>.+)",
        ),
        (
            "add_sentence",
            (
                r"(?:ajoute|ajouter|ajoutez|rajoute|rajouter|insere|inserer|glisse)(?:-y|-lui|-moi)?(?P<top> au "
                r"debut| en premier)?"
                r"(?: a la fin| en fin de mail)?(?: aussi| egalement)? ?(?:(?:un|une|la|le) (?:petite? "
                r")?(?:phrase|mot|ligne|mention|paragraphe|texte|formule)"
                r"(?: (?:suivante?|disant|qui dit|pour dire|pour preciser|indiquant|precisant)(?: ?:| (?=qu))?| "
                r"?:| (?=pour |sur |de |qui |ou |au ))) ?(?P<value>.+)"
            ),
        ),
        (
            "add",
            (
                r"(?:(?:ajoute|ajouter|ajoutez|rajoute|rajouter|precise|preciser|mentionne|mentionner|indique|"
                r"indiquer|insere|glisse|signale|note|dis|dire"
                r"|n'oublie pas (?:de (?:dire|mentionner|preciser|rappeler)|d'ajouter))(?:-y|-lui|-moi|-leur)?(?: "
                r"aussi| egalement)?"
                r"(?P<top> au debut| en premier)?(?: a la fin| en fin de mail| en conclusion)?) ?:? ?(?P<value>(?=.).+)"
            ),
        ),
    )
)
