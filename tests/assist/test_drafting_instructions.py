"""Instructions in other words than the forty cases', and what must become of them."""

from __future__ import annotations

import pytest

from carnet.assist.drafting import Email, Version, prepare, refine
from tests.assist.test_drafting import INES, SENDER, TO, first

PREPARED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Peux-tu écrire un mail pour la remercier de son accueil et lui proposer de visiter notre atelier ?", "thank_you", ("remercier de votre accueil", "Je vous propose de visiter notre atelier.")),
    ("Écris-lui que sa commande 8812 sera livrée vendredi matin", "other", ("Votre commande 8812 sera livrée vendredi matin.",)),
    ("Rappelle-lui de signer le contrat avant le 15 avril", "other", ("Merci de penser à signer le contrat avant le 15 avril.",)),
    ("Demande-lui de me rappeler demain matin", "other", ("Pourriez-vous me rappeler demain matin ?",)),
    ("Demande-lui un acompte de 30 %", "other", ("J'aurais besoin d'un acompte de 30 %.",)),
    ("Demande-lui quand elle pourra nous envoyer les plans", "other", ("Pourriez-vous me dire quand vous pourrez nous envoyer les plans ?",)),
    ("Informe-la que nos bureaux seront fermés du 1er au 15 août", "other", ("Nos bureaux seront fermés du 1er au 15 août.",)),
    ("Invite-la au salon Maison & Objet le 12 septembre", "other", ("vous inviter au salon Maison & Objet le 12 septembre.",)),
    ("Invite-le à déjeuner mardi prochain", "meeting_request", ("vous inviter à déjeuner mardi prochain.",)),
    ("souhaite-lui une bonne année", "other", ("Je vous souhaite une bonne année.",)),
    ("Annule le rendez-vous de jeudi et propose de se voir lundi à 9h", "other", ("annuler notre rendez-vous de jeudi.", "de nous voir lundi à 9h.")),
    ("Relance-le sur la facture 2025-044 de 1 200 € impayée depuis le 12 mai, ton ferme", "invoice_reminder", ("facture 2025-044 de 1 200 € impayée depuis le 12 mai.", "dans les meilleurs délais")),
    ("Relance", "follow_up", ("revenir vers vous",)),
    ("Mail d'excuses pour mon absence à la réunion de ce matin", "apology", ("pour mon absence à la réunion de ce matin",)),
    ("Décline son invitation au gala", "other", ("donner suite à votre invitation au gala.",)),
    ("Propose-lui une remise de 5 % si elle commande avant vendredi", "other", ("une remise de 5 % si vous commandez avant vendredi.",)),
    ("Prends de ses nouvelles", "reconnect", ("prendre de vos nouvelles",)),
    ("Ça fait deux ans qu'on ne s'est pas vus, reprends contact", "reconnect", ("depuis deux ans",)),
    ("Fixe un rendez-vous avec lui mercredi à 15h pour parler du renouvellement", "meeting_request", ("mercredi à 15h", "pour parler du renouvellement")),
    ("Confirme-lui que nous avons bien reçu son paiement", "other", ("Je vous confirme que nous avons bien reçu votre paiement.",)),
    ("Négocie une remise de 10 %", "other", ("négocier une remise de 10 %.",)),
    ("Je serai en retard de dix minutes demain", "other", ("Je serai en retard de dix minutes demain.",)),
    ("Dis à Inès que je t'envoie le devis ce soir", "other", ("Je vous envoie le devis ce soir.",)),
    ("Présente-lui Paul Durand, notre nouveau directeur technique", "introduction", ("vous présenter Paul Durand, notre nouveau directeur technique.",)),
    ("Prise de contact, je suis architecte à Lyon", "introduction", ("Je suis architecte à Lyon.",)),
    ("Mail formel pour confirmer notre rendez-vous de lundi", "meeting_confirm", ("Bonjour Madame Vasseur,", "notre rendez-vous de lundi.")),
    ("Dis-lui que nous n'avons plus de stock et que nous le préviendrons dès que possible", "other", ("Nous n'avons plus de stock et nous vous préviendrons dès que possible.",)),
    ("Excuse-moi de ne pas avoir répondu plus tôt", "apology", ("pour ne pas avoir répondu plus tôt",)),
    ("Demande si elle pourrait nous recommander à ses clients", "other", ("Pourriez-vous nous recommander à vos clients ?",)),
    ("Remercie-le, et demande-lui de nous envoyer son RIB ainsi que ses coordonnées", "thank_you", ("Pourriez-vous nous envoyer votre RIB ainsi que vos coordonnées ?",)),
    ("Écris à Inès pour lui proposer un café la semaine prochaine, tutoie-la", "meeting_request", ("J'aimerais te proposer un café.", "Serais-tu disponible la semaine prochaine ?")),
    ("Suite à notre appel de ce matin, envoie-lui le compte rendu", "follow_up_meeting", ("notre appel de ce matin", "Je vous envoie le compte rendu.")),
    ("demander à Paul s'il vient au séminaire", "other", ("Pourriez-vous me dire si vous venez au séminaire ?",)),
    ("bonjour, peux tu remercier inès pour sa visite stp", "thank_you", ("pour votre visite.",)),
    ("Je voudrais lui demander de payer la facture 77 avant vendredi", "invoice_reminder", ("la facture 77.", "avant vendredi")),
    ("Demande des nouvelles du projet", "other", ("de nouvelles du projet.",)),
    ("Thank her for her patience and tell her that the parcel will arrive on Friday", "thank_you", ("for your patience.", "The parcel will arrive on Friday.")),
    ("Ask him whether he received our proposal", "other", ("whether you received our proposal?",)),
    ("Ask her to send us the signed contract by Friday", "other", ("Could you please send us the signed contract by Friday?",)),
    ("Ask when she will be back", "other", ("when you will be back?",)),
    ("Let him know that his order has shipped", "other", ("Your order has shipped.",)),
    ("Remind her of the deadline on 15 May", "other", ("remind you of the deadline on 15 May.",)),
    ("Remind him to sign the NDA", "other", ("Please remember to sign the NDA.",)),
    ("Remind him about invoice 4411 due on 30 June", "invoice_reminder", ("invoice 4411", "due on 30 June.")),
    ("Follow up on the proposal we sent on 3 March", "quote_follow_up", ("the proposal we sent on 3 March.",)),
    ("follow up", "follow_up", ("getting back to you",)),
    ("Invite her to our open day on June 12", "other", ("invite you to our open day on June 12.",)),
    ("Apologise for missing the meeting yesterday", "apology", ("for missing the meeting yesterday.",)),
    ("Say sorry for the late reply and send the price list", "apology", ("for the late reply.", "sending you the price list.")),
    ("Apologise to her because we shipped the wrong item", "apology", ("We shipped the wrong item.",)),
    ("Congratulate him on his promotion", "congratulate", ("on your promotion!",)),
    ("Suggest a call on Thursday at 3pm to discuss the contract", "meeting_request", ("a call with you to discuss the contract.", "on Thursday at 3pm?")),
    ("Confirm our meeting on Tuesday 4 May at 10am at our office", "meeting_confirm", ("our meeting on Tuesday 4 May at 10am at our office.",)),
    ("Cancel our meeting on Friday", "other", ("I have to cancel our meeting on Friday.",)),
    ("Decline his offer politely", "other", ("decline your offer.",)),
    ("Tell her I'll be ten minutes late", "other", ("I'll be ten minutes late.",)),
    ("Negotiate a 10% discount", "other", ("I would like to negotiate a 10% discount.",)),
    ("Introduce our company and offer a free demo", "introduction", ("our company, Atelier Martin.", "offer you a free demo.")),
    ("quick thank you note for the coffee", "thank_you", ("Thank you for the coffee.",)),
    ("lunch on Tuesday", "other", ("about lunch on Tuesday.",)),
    ("Ask her if she's free next week for a coffee", "meeting_request", ("a coffee with you.", "next week?")),
    ("Send him invoice 221 and remind him it is due on 30 June", "invoice_reminder", ("sending you invoice 221.", "due on 30 June.")),
    ("Email her to ask for a quote for 200 chairs", "other", ("a quote for 200 chairs.",)),
    ("Please write a friendly message to reconnect, it's been three years", "reconnect", ("for three years",)),
    ("tell him the meeting is moved to 5 pm, sign as The Atelier team", "other", ("The meeting is moved to 5 pm.", "\nThe Atelier team")),
    ("Offer her a 5% discount if she orders before Friday", "other", ("a 5% discount if you order before Friday.",)),
    ("Short email asking if he got the brochure", "other", ("if you got the brochure?",)),
    ("Fais-lui savoir que son dossier est complet et qu'elle recevra une réponse sous 48 heures", "other", ("Votre dossier est complet et vous recevrez une réponse sous 48 heures.",)),
    ("Préviens-le que le colis est parti et qu'il arrivera mardi", "other", ("Le colis est parti et il arrivera mardi.",)),
    ("Tu peux lui écrire pour dire que le chantier commence le 3 juin ?", "other", ("Le chantier commence le 3 juin.",)),
    ("Il faudrait relancer Halden, pas de réponse à notre offre du 2 mai", "quote_follow_up", ("notre offre du 2 mai.",)),
    ("Excuse-toi pour le bug de facturation et offre-lui un mois gratuit", "apology", ("pour le bug de facturation.", "un mois gratuit.")),
    ("Informe Inès du changement d'adresse", "other", ("Je vous informe du changement d'adresse.",)),
    ("Accuse réception de son dossier", "other", ("J'ai bien reçu votre dossier.",)),
    ("Écris un mail à un prospect pour présenter notre offre de formation", "introduction", ("vous présenter notre offre de formation.",)),
    ("demande-lui ce qu'il pense de notre proposition", "other", ("ce que vous pensez de notre proposition ?",)),
    ("Demande-lui à quelle heure il arrive", "other", ("à quelle heure vous arrivez ?",)),
    ("Dis-lui que je ne l'oublie pas et que je l'appelle demain, tutoie-la", "other", ("je t'appelle demain.",)),
    ("Tutoie-la et dis-lui que vous pourrez signer votre contrat en ligne", "other", ("Tu pourras signer ton contrat en ligne.",)),
    ("bonne année", "other", ("Bonne année !",)),
    ("Dear Inès, can you send me the plans?", "other", ("Could you please send me the plans?",)),
    ("Could you tell her we've received the payment?", "other", ("We've received the payment.",)),
    ("Tell him not to worry about the delay", "other", ("Please do not worry about the delay.",)),
    ("Reach out to introduce myself as the new account manager", "introduction", ("I'm the new account manager.",)),
    ("Welcome her to the team", "other", ("Welcome to the team!",)),
    ("Recommend Paul Durand for the job", "other", ("recommend Paul Durand for the job.",)),
)  # fmt: skip
THANKS = "Remercie-la pour le déjeuner de mardi et propose un appel jeudi à 14h"
SHOW = "Follow up after our meeting at the trade show"
HAND = Version(
    email=Email(
        to=TO,
        subject="Notre projet",
        body="Bonjour Inès,\n\nNous avons bien avancé sur le projet. Le devis de 4 500 € est prêt. Il fait beau ici.\n\n"
        "Pourrions-nous en parler mardi ? Je suis libre toute la journée.\n\nBien cordialement,\nAlice",
    )
)
REFINED: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    # the draft, the instruction, what must be there then, what must not
    (THANKS, "stp raccourcis-le un peu", ("Merci pour le déjeuner de mardi.",), ("Au plaisir",)),
    (THANKS, "peux-tu développer le premier paragraphe ?", ("faites-moi signe",), ()),
    (THANKS, "ton plus chaleureux", ("J'espère que vous allez bien.",), ()),
    (THANKS, "rends le mail moins formel", ("Un grand merci",), ()),
    (THANKS, "un peu plus professionnel s\u2019il te plaît", ("Bonjour Madame Vasseur,",), ()),
    (THANKS, "Tutoie-la et raccourcis le texte", ("Salut Inès,", "Je te propose"), ("vous", "Au plaisir")),
    (THANKS, "signe L\u2019équipe de l\u2019Atelier", ("\nL'équipe de l'Atelier",), ("Alice",)),
    (THANKS, "signe simplement Alice", ("\nAlice",), ("Martin",)),
    (THANKS, "commence par Chère Inès", ("Chère Inès,\n",), ("Bonjour",)),
    (THANKS, "termine par Bien à vous", ("Bien à vous,\nAlice",), ("Cordialement",)),
    (THANKS, "supprime la deuxieme phrase", (), ("très plaisir",)),
    (THANKS, "enlève la phrase sur l'appel", (), ("appel", "conviendrait")),
    (THANKS, "supprime le paragraphe 2", (), ("appel",)),
    (THANKS, "ajoute à la fin que le catalogue est en ligne", ("Le catalogue est en ligne.",), ()),
    (THANKS, "ajoute une phrase pour lui demander son adresse", ("J'aurais besoin de votre adresse.",), ()),
    (THANKS, "ajoute un PS : le parking est gratuit", ("P.-S. : Le parking est gratuit.",), ()),
    (THANKS, "rajoute « Nous avons hâte de vous revoir. »", ("Nous avons hâte de vous revoir.",), ()),
    (THANKS, "ajoute que je te rappelle demain", ("Je vous rappelle demain.",), ("te ",)),
    (THANKS, "tutoie-la puis ajoute que vous pouvez me rappeler", ("Tu peux me rappeler.",), ("vous",)),
    (THANKS, "remercie-la aussi pour son accueil", ("Merci également pour votre accueil.",), ()),
    (THANKS, "remplace « jeudi à 14h » par « vendredi à 9h »", ("un appel vendredi à 9h.",), ("jeudi",)),
    (THANKS, "change mardi en mercredi", ("déjeuner de mercredi",), ("mardi",)),
    (THANKS, "mets jeudi à la place de mardi", ("déjeuner de jeudi",), ("mardi",)),
    (THANKS, "passe-le en anglais", ("a call on Thursday at 14:00.",), ("appel",)),
    (THANKS, "traduit le mail en anglais puis raccourcis", ("Thank you for the lunch on Tuesday.",), ("plaisir",)),
    (THANKS, "ecris le en anglais", ("lunch on Tuesday",), ("déjeuner",)),
    (THANKS, "plus court, plus formel et change l'objet en Rencontre", ("Bonjour Madame", "Je vous remercie pour"), ()),
    (THANKS, "plus court et rends-le poétique", ("Merci pour le déjeuner de mardi.",), ("Au plaisir",)),
    (THANKS, "enleve la signature", (), ("Alice",)),
    (SHOW, "please make it a bit shorter", ("I'm following up on our meeting",), ("I look forward",)),
    (SHOW, "make paragraph 1 longer", ("I hope you are well.",), ()),
    (SHOW, "make it sound more formal", ("Dear Ms Vasseur,", "Yours sincerely,"), ("Hello",)),
    (SHOW, "less formal please", ("Hi Inès,",), ("Hello",)),
    (SHOW, "friendlier", ("I hope you are doing well.",), ()),
    (SHOW, "add that I'm away next week", ("I'm away next week.",), ()),
    (SHOW, "add a sentence saying we loved the stand", ("We loved the stand.",), ()),
    (SHOW, "mention that the catalogue is online", ("The catalogue is online.",), ()),
    (SHOW, "also thank her for the coffee", ("Thank you also for the coffee.",), ()),
    (SHOW, "delete the last sentence", (), ("I look forward",)),
    (SHOW, "remove the second paragraph and sign off with Cheers", ("Cheers,\nAlice",), ("coming days",)),
    (SHOW, 'replace "trade show" with "Lyon fair"', ("at the Lyon fair",), ("trade show",)),
    (SHOW, "change the greeting to Good morning Inès", ("Good morning Inès,\n",), ("Hello",)),
    (SHOW, "translate it into French", ("notre réunion au salon",), ("meeting",)),
    (
        THANKS,
        "Peux-tu le rendre un peu plus court et remplacer le déjeuner par le dîner ?",
        ("Merci pour le dîner de mardi.",),
        ("déjeuner", "Au plaisir"),
    ),
    (THANKS, "trop formel", ("Un grand merci",), ("Cordialement",)),
    (THANKS, "c'est trop court", ("faites-moi signe",), ()),
    (THANKS, "mets « Chère Madame, » comme salutation", ("Chère Madame,\n",), ("Bonjour",)),
    (THANKS, "ne parle pas de l'appel", (), ("appel",)),
    (THANKS, "fais une version anglaise", ("lunch on Tuesday",), ("déjeuner",)),
    (THANKS, "Enlève la première phrase du deuxième paragraphe", (), ("appel",)),
    (
        THANKS,
        "ajoute au début que j'ai beaucoup aimé leur stand",
        ("Bonjour Inès,\n\nJ'ai beaucoup aimé votre stand.",),
        (),
    ),
    (THANKS, "Ajoute mes excuses pour le retard", ("toutes mes excuses pour le retard.",), ()),
    (SHOW, "too formal", ("Hi Inès,",), ()),
    (SHOW, "can you cut it down to two lines?", ("I'm following up",), ("I look forward",)),
    (SHOW, "drop the last line", (), ("I look forward",)),
    (SHOW, "make it French", ("Bonjour Inès,",), ("Hello",)),
    (SHOW, "swap meeting for call", ("our call at",), ("our meeting",)),
    (SHOW, "ask her if she received the catalogue", ("let me know if you received the catalogue?",), ()),
    (SHOW, 'Start with "Good morning Inès" and end with "Best wishes"', ("Good morning Inès,\n", "Best wishes,\n"), ()),
    (SHOW, "end with Best wishes", ("Best wishes,\nAlice",), ("Kind regards",)),
)


@pytest.mark.parametrize(("message", "intent", "must"), PREPARED, ids=[message[:40] for message, *_ in PREPARED])
def test_an_instruction_in_other_words(message: str, intent: str, must: tuple[str, ...]) -> None:
    drafted = prepare(message, INES, SENDER, to=TO)
    assert drafted.plan is not None
    assert drafted.plan.intent == intent
    for words in must:
        assert words in drafted.email.body
    assert not drafted.not_applied or message.startswith("Dear")


@pytest.mark.parametrize(("message", "instruction", "must", "gone"), REFINED, ids=[each[1][:40] for each in REFINED])
def test_a_refinement_in_other_words(
    message: str, instruction: str, must: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    version = first(message)
    drafted = refine(instruction, INES, SENDER, versions=[version])
    for words in must:
        assert words in drafted.email.body
    for words in gone:
        assert words not in drafted.email.body
    assert drafted.applied
    assert (drafted.email.to, drafted.email.cc, drafted.email.bcc) == (TO, (), ())


@pytest.mark.parametrize(
    ("instruction", "subject"),
    [
        ("l'objet : Merci !", "Merci !"),
        ("objet « Merci beaucoup »", "Merci beaucoup"),
        ('mets "Un grand merci" en objet', "Un grand merci"),
        ("subject: Great to meet you", "Great to meet you"),
        ("use Coffee as the subject", "Coffee"),
    ],
)
def test_a_subject_may_be_given_in_many_ways(instruction: str, subject: str) -> None:
    for version in (first(THANKS), HAND):
        drafted = refine(instruction, INES, SENDER, versions=[version])
        assert (drafted.email.subject, drafted.email.body) == (subject, version.email.body)


@pytest.mark.parametrize(
    ("instruction", "to", "cc", "bcc"),
    [
        ("copie à paul@ex.fr et jean@ex.fr", TO, ("paul@ex.fr", "jean@ex.fr"), ()),
        ("mets en copie cachée compta@ex.fr", TO, (), ("compta@ex.fr",)),
        ("cc bob@ex.com and bcc carol@ex.com", TO, ("bob@ex.com",), ("carol@ex.com",)),
        ("send it to dave@ex.com", ("dave@ex.com",), (), ()),
        ("envoie-le aussi à dave@ex.com", (*TO, "dave@ex.com"), (), ()),
        ("mets Paul en copie", TO, (), ()),
        ("mets paul@@ex en copie", TO, (), ()),
    ],
)
def test_recipients_change_only_as_told(
    instruction: str, to: tuple[str, ...], cc: tuple[str, ...], bcc: tuple[str, ...]
) -> None:
    for version in (first(THANKS), HAND):
        drafted = refine(instruction, INES, SENDER, versions=[version])
        assert (drafted.email.to, drafted.email.cc, drafted.email.bcc) == (to, cc, bcc)
        assert drafted.email.body == version.email.body
        assert bool(drafted.not_applied) == ((to, cc, bcc) == (TO, (), ()))


def test_a_copy_can_be_taken_back() -> None:
    copied = refine("cc paul@ex.fr, jean@ex.fr", INES, SENDER, versions=[HAND])
    version = Version(email=copied.email)
    assert refine("retire paul de la copie", INES, SENDER, versions=[version]).email.cc == ("jean@ex.fr",)
    assert refine("remove jean@ex.fr from cc", INES, SENDER, versions=[version]).email.cc == ("paul@ex.fr",)


@pytest.mark.parametrize(
    ("instruction", "must", "gone"),
    [
        ("Raccourcis le paragraphe 1", ("4 500 €", "Je suis libre"), ("Il fait beau",)),
        ("raccourcis le paragraphe 2", ("Il fait beau", "mardi ?"), ("Je suis libre",)),
        ("plus court", ("4 500 €", "mardi ?"), ("Il fait beau", "Je suis libre")),
        ("supprime la première phrase", ("4 500 €",), ("bien avancé",)),
        ("supprime le dernier paragraphe", ("Bien cordialement,\nAlice",), ("mardi",)),
        ("ajoute que le parking est gratuit", ("libre toute la journée.\n\nLe parking est gratuit.\n\nBien",), ()),
        ("remplace mardi par jeudi", ("parler jeudi",), ("mardi",)),
        ("signe Paul", ("Bien cordialement,\nPaul",), ("Alice",)),
        ("commence par Chère Madame", ("Chère Madame,\n\nNous",), ("Bonjour",)),
        ("termine par Amicalement", ("Amicalement,\nAlice",), ("Bien cordialement",)),
        ("supprime la phrase sur le devis", ("Il fait beau",), ("4 500 €",)),
    ],
)
def test_the_users_own_words_are_edited_as_text(instruction: str, must: tuple[str, ...], gone: tuple[str, ...]) -> None:
    drafted = refine(instruction, INES, SENDER, versions=[HAND])
    assert drafted.plan is None
    assert drafted.applied
    for words in must:
        assert words in drafted.email.body
    for words in gone:
        assert words not in drafted.email.body


@pytest.mark.parametrize("instruction", ["plus formel", "traduis en anglais", "tutoie-la", "développe"])
def test_what_the_users_own_words_need_a_model_for_is_said(instruction: str) -> None:
    drafted = refine(instruction, INES, SENDER, versions=[HAND])
    assert (drafted.email, drafted.applied) == (HAND.email, ())
    assert "modèle de langue" in drafted.not_applied[0]


@pytest.mark.parametrize(
    "instruction",
    [
        "rends-le poétique",
        "make it funnier",
        "bla bla",
        "supprime le paragraphe 9",
        "remplace samedi par lundi",
        "vouvoie-la",
        "annule",
        "???",
        "",
    ],
)
def test_what_cannot_be_done_changes_nothing(instruction: str) -> None:
    version = first(THANKS)
    drafted = refine(instruction, INES, SENDER, versions=[version])
    assert (drafted.email, drafted.plan, drafted.applied, drafted.steps_back) == (version.email, version.plan, (), 0)
    assert drafted.not_applied


@pytest.mark.parametrize(
    "instruction", ["plus court et rends-le poétique", "plus formel avec des rimes", "shorter with a joke"]
)
def test_what_is_left_out_of_an_order_is_said(instruction: str) -> None:
    drafted = refine(instruction, INES, SENDER, versions=[first(THANKS)])
    assert len(drafted.applied) == 1
    assert len(drafted.not_applied) == 1


def test_an_order_that_is_not_known_is_not_sent_to_the_reader() -> None:
    drafted = prepare("Zigzag her until she laughs", INES, SENDER, to=TO)
    assert "Zigzag" not in drafted.email.body + drafted.email.subject
    assert "Zigzag" in drafted.not_applied[0]


def test_what_is_left_out_of_an_instruction_is_said() -> None:
    drafted = prepare("Remercie-la pour sa visite, ton plus formel avec des rimes", INES, SENDER, to=TO)
    assert drafted.email.body.startswith("Bonjour Madame Vasseur,")
    assert "rimes" in drafted.not_applied[0]
