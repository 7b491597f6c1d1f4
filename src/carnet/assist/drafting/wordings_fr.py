"""The French sentences (see `wordings`). Nothing in them agrees with a sender's gender, which nobody knows."""

from __future__ import annotations

from typing import Final

FRAME: Final = (
    "<Bonjour|Bonjour|[Bonjour|Salut]> {name},",
    "Bonjour {name},",
    "Bonjour,",
    "<Je vous prie d'agréer~, {civility},~ mes salutations distinguées.|[Cordialement|Bien à toi],|À bientôt,>",
)

WORDINGS: Final[dict[str, tuple[str, ...]]] = {
    # ---- at the beginning and end of many
    "open.well": ("", "", "J'espère que [vous allez|tu vas] bien."),
    "open.warm": ("J'espère que [vous allez|tu vas] bien.",),
    "close.soon": (
        "",
        (
            "<Au plaisir de poursuivre nos échanges.|Au plaisir d'échanger de nouveau avec [vous|toi].|"
            "Au plaisir d'échanger à nouveau avec [vous|toi] !>"
        ),
    ),
    "close.questions": (
        "",
        (
            "<Je reste à votre entière disposition pour toute question.|"
            "Je reste à [votre|ta] disposition si [vous avez|tu as] des questions.|"
            "[N'hésitez|N'hésite] pas si [vous avez|tu as] des questions.>"
        ),
    ),
    "close.reply": (
        "",
        (
            "<Dans l'attente de votre retour, je reste à votre disposition pour toute question.|"
            "Au plaisir de [vous|te] lire.|[N'hésitez|N'hésite] pas si [vous avez|tu as] des questions.>"
        ),
    ),
    "close.listen": (
        "",
        "",
        "Je reste à [votre|ta] écoute si [vous souhaitez|tu souhaites] en parler de vive voix.",
    ),
    # ---- thank_you
    "thank_you.subject": ("Merci~ {what}~",),
    "thank_you.opener": (
        "<Je vous remercie|Merci>~ {what}~.",
        "<Je tenais à vous remercier|Je tenais à [vous|te] remercier|Un grand merci>~ {what}~<.|.| !>",
    ),
    "thank_you.thank_too": (
        "<Je vous remercie|Merci>~ {what}~.",
        "<Je vous remercie également|Merci également|Et merci>~ {what}~.",
    ),
    "thank_you.context": (
        "",
        "<J'y ai été très sensible.|Cela m'a fait très plaisir.|Ça m'a fait très plaisir.>",
    ),
    "thank_you.ask": ("", "", "Si je peux [vous être|t'être] utile à mon tour, [faites|fais]-moi signe."),
    # ---- follow_up_meeting and follow_up
    "follow_up_meeting.subject": ("Suite {à meeting}",),
    "follow_up_meeting.opener": (
        "Je reviens vers [vous|toi] à la suite {de meeting}~ ({met})~.",
        (
            "<Je vous remercie du temps que vous m'avez accordé lors {de meeting}~ ({met})~.|"
            "J'ai eu plaisir à échanger avec [vous|toi] lors {de meeting}~ ({met})~.|"
            "Ça m'a fait plaisir d'échanger avec [vous|toi] lors {de meeting}~ ({met})~ !>"
        ),
    ),
    "follow_up_meeting.context": (
        "",
        "<Je souhaiterais|J'aimerais|J'aimerais bien> poursuivre cette conversation~ au sujet {de topic}~.",
    ),
    "follow_up_meeting.ask": (
        (
            "<Quand pourrions-nous en reparler ?|Quand pourrions-nous en reparler ?|"
            "Quand est-ce qu'on pourrait en reparler ?>"
        ),
        (
            "<Auriez-vous un moment à me consacrer dans les prochains jours ?|"
            "[Auriez-vous|Aurais-tu] un moment dans les prochains jours ?|"
            "[Vous auriez|Tu aurais] un moment dans les prochains jours ?>"
        ),
    ),
    "follow_up_meeting.more": ("", "", "Un bref appel suffirait, au moment qui [vous|te] conviendra le mieux."),
    "follow_up.subject": ("~Au sujet {de what}^Je reviens vers [vous|toi]~",),
    "follow_up.opener": (
        "Je reviens vers [vous|toi]~ au sujet {de what}~.",
        (
            "<Je me permets de revenir vers vous|Je me permets de revenir vers [vous|toi]|Je reviens vers [vous|toi]>"
            "~ au sujet {de what}~."
        ),
    ),
    "follow_up.ask": (
        "Où en [êtes-vous|es-tu] ?",
        (
            "<Pourriez-vous me dire où vous en êtes ?|[Pourriez-vous|Pourrais-tu] me dire où [vous en êtes|tu en es] ?|"
            "Où en [êtes-vous|es-tu] ?>"
        ),
    ),
    # ---- quote_follow_up
    "quote_follow_up.subject": ("{bare quote}",),
    "quote_follow_up.opener": (
        "Je reviens vers [vous|toi] au sujet {de quote}~ {when}~.",
        (
            "<Je me permets de revenir vers vous|Je me permets de revenir vers [vous|toi]|Je reviens vers [vous|toi]>"
            " au sujet {de quote}~ {when}~."
        ),
    ),
    "quote_follow_up.ask": (
        "[Avez-vous|As-tu] pu <en prendre connaissance|en prendre connaissance|y jeter un œil> ?",
        (
            "[Avez-vous|As-tu] eu <l'occasion d'en prendre connaissance|l'occasion d'en prendre connaissance|"
            "le temps d'y jeter un œil> ?"
        ),
    ),
    "quote_follow_up.firm": (
        "J'ai besoin d'une réponse de [votre|ta] part.",
        (
            "<Je vous saurais gré de me faire part de votre décision dans les meilleurs délais, "
            "afin que je puisse m'organiser en conséquence.|"
            "J'ai besoin d'une réponse de [votre|ta] part, positive ou négative, pour m'organiser.>"
        ),
    ),
    "quote_follow_up.context": (
        "",
        (
            "<Je vous saurais gré de bien vouloir me faire part de votre décision.|"
            "[Votre|Ton] retour m'aiderait à préparer la suite.|"
            "[Dites|Dis]-moi ce que [vous en pensez|tu en penses] !>"
        ),
    ),
    "quote_follow_up.more": ("", "", "Si un point mérite d'être revu, nous pouvons bien sûr en parler."),
    # ---- invoice_reminder
    "invoice_reminder.subject": ("{bare invoice}~ : échéance {due}~",),
    "invoice_reminder.sending": (
        "<Je vous adresse|Je [vous |t']envoie> {invoice}.",
        "<Je vous adresse|Je [vous |t']envoie> {invoice}.",
    ),
    "invoice_reminder.opener": (
        "Je n'ai pas encore reçu le règlement {de invoice}.",
        (
            "<Sauf erreur de ma part, le règlement {de invoice} ne nous est pas encore parvenu.|"
            "Sauf erreur de ma part, je n'ai pas encore reçu le règlement {de invoice}.|"
            "Je crois que je n'ai pas encore reçu le règlement {de invoice}.>"
        ),
    ),
    "invoice_reminder.due": (
        "L'échéance est fixée {due}.",
        "<Je vous rappelle que l'échéance|Pour rappel, l'échéance> est fixée {due}.",
    ),
    "invoice_reminder.ask": (
        "[Pourriez-vous|Pourrais-tu] procéder au règlement ?",
        (
            "<Je vous saurais gré de bien vouloir procéder à ce règlement, ou de m'indiquer la date à "
            "laquelle il est prévu.|"
            "[Pourriez-vous|Pourrais-tu] procéder à ce règlement, ou me dire quand il est prévu ?|"
            "Est-ce que [vous pourriez|tu pourrais] regarder et me dire quand le règlement est prévu ?>"
        ),
    ),
    "invoice_reminder.firm": (
        "Merci de procéder au règlement sans tarder.",
        (
            "<Je vous demande de bien vouloir procéder à ce règlement dans les meilleurs délais.|"
            "Merci de procéder à ce règlement dans les meilleurs délais.>"
        ),
    ),
    "invoice_reminder.before": (
        "Merci de procéder au règlement {due}.",
        "<Je vous remercie de bien vouloir|Merci de> procéder à ce règlement {due}.",
    ),
    "invoice_reminder.thanks": (
        "",
        "<Je vous remercie par avance de votre règlement.|Merci d'avance pour [votre|ton] règlement.>",
    ),
    "invoice_reminder.more": (
        "",
        "",
        "Si le règlement est déjà parti, [veuillez|merci] ne pas tenir compte de ce message.",
    ),
    # ---- apology
    "apology.subject": ("Toutes ~{?we}nos^mes~ excuses~ {what}~",),
    "apology.opener": (
        "Toutes ~{?we}nos^mes~ excuses~ {what}~.",
        (
            "<Je vous prie de bien vouloir accepter ~{?we}nos^mes~ sincères excuses|"
            "Je [vous|te] présente toutes ~{?we}nos^mes~ excuses|Toutes ~{?we}nos^mes~ excuses>~ {what}~."
        ),
    ),
    "apology.context": (
        "",
        (
            "<Je mesure la gêne que cela a pu vous occasionner.|"
            "Je comprends la gêne que cela a pu [vous|te] causer.|Je sais que ce n'est pas agréable.>"
        ),
    ),
    # ---- congratulate
    "congratulate.subject": ("Félicitations~ {what}~ !",),
    "congratulate.opener": (
        "<Je vous félicite|Toutes mes félicitations|Bravo>~ {what}~<.| !>",
        (
            "<Je tenais à vous adresser mes sincères félicitations|Toutes mes félicitations|"
            "Toutes mes félicitations>~ {what}~<.| !>"
        ),
    ),
    "congratulate.context": (
        "",
        "<C'est une excellente nouvelle.|C'est une très belle nouvelle.|Quelle bonne nouvelle !>",
    ),
    "congratulate.job": (
        "",
        (
            "<Je vous souhaite pleine réussite dans vos nouvelles fonctions.|"
            "Je [vous|te] souhaite beaucoup de réussite dans [vos|tes] nouvelles fonctions.>"
        ),
    ),
    "congratulate.more": ("", "", "Je [vous|te] souhaite une très belle continuation."),
    "birthday.subject": ("<Bon|Joyeux> anniversaire !",),
    "birthday.opener": (
        "<Je vous souhaite un excellent anniversaire.|Joyeux anniversaire !>",
        "<Je vous souhaite un excellent anniversaire.|Je [vous|te] souhaite un très joyeux anniversaire !>",
    ),
    "birthday.context": (
        "",
        (
            "<Que cette journée soit pour vous l'occasion de beaux moments.|"
            "J'espère que [vous passerez|tu passeras] une très belle journée.|"
            "[Profitez|Profite] bien de cette journée !>"
        ),
    ),
    "birthday.more": ("", "", "Que l'année qui vient [vous |t']apporte santé, joie et réussite."),
}
