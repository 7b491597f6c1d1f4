"""The words of phrases that can be translated without a model: what one writes about in business, and when."""

from __future__ import annotations

from typing import Final


def _rows(text: str) -> tuple[tuple[str, str, str], ...]:
    """The rows of a table: "visit=visite f; …"."""
    rows = (" ".join(row.split()).partition("=") for row in text.split(";"))
    return tuple((english, french[:-2], french[-1]) for english, _, french in rows)


NOUNS: Final = _rows("""
    visit=visite f; meeting=réunion f; meeting=rencontre f; meeting=rendez-vous m; lunch=déjeuner m;
    dinner=dîner m; breakfast=petit-déjeuner m; coffee=café m; quote=devis m; invoice=facture f;
    order=commande f; delivery=livraison f; delivery delay=retard de livraison m; delay=retard m; demo=démo f;
    demonstration=démonstration f; call=appel m; video call=visio f; pricing=tarification f; prices=tarifs m;
    trade show=salon m; fair=foire f; conference=conférence f; partnership=partenariat m; training=formation f;
    collaboration=collaboration f; help=aide f; support=soutien m; referral=recommandation f; advice=conseils m;
    time=temps m; welcome=accueil m; reply=réponse f; answer=réponse f; message=message m; offer=offre f;
    proposal=proposition f; contract=contrat m; document=document m; documents=documents m; file=dossier m;
    project=projet m; payment=paiement m; payment=règlement m; parcel=colis m; product=produit m;
    products=produits m; service=service m; company=société f; company=entreprise f; team=équipe f;
    offices=bureaux m; office=bureau m; shop=boutique f; workshop=atelier m; exchange=échange m;
    conversation=conversation f; discussion=discussion f; conversation=échange m; appointment=rendez-vous m;
    invitation=invitation f; interest=intérêt m; trust=confiance f; patience=patience f;
    understanding=compréhension f; work=travail m; gift=cadeau m; promotion=promotion f; position=poste m;
    new position=prise de poste f; appointment=nomination f; success=succès m; award=prix m;
    opening=ouverture f; launch=lancement m; wedding=mariage m; birth=naissance f; anniversary=anniversaire m;
    error=erreur f; mistake=erreur f; misunderstanding=malentendu m; inconvenience=désagrément m;
    problem=problème m; absence=absence f; discount=remise f; samples=échantillons m; sample=échantillon m;
    catalogue=catalogue m; brochure=brochure f; price list=liste de prix f; deposit=acompte m; balance=solde m;
    due date=échéance f; deadline=échéance f; year=an m; year=année f; years=ans m; month=mois m; months=mois m;
    week=semaine f; weeks=semaines f; day=jour m; days=jours m; minutes=minutes f; hour=heure f; hours=heures f;
    contact=contact m; customer=client m; client=client m; presentation=présentation f; report=rapport m;
    event=événement m; dinner=repas m; order form=bon de commande m; renewal=renouvellement m;
    subscription=abonnement m; website=site m; job=poste m; feedback=retour m; kindness=gentillesse f;
    availability=disponibilité f; information=informations f; explanation=explications f; role=poste m;
    signature=signature f; maintenance=maintenance f; installation=installation f; estimate=devis m;
    purchase=achat m; loyalty=fidélité f; participation=participation f; speech=discours m; talk=exposé m;
    interview=entretien m; meeting=entretien m; weekend=week-end m
""")
"""English, French, and the French gender. Of two for one word the first is written."""
DAYS: Final = {
    "lundi": "Monday",
    "mardi": "Tuesday",
    "mercredi": "Wednesday",
    "jeudi": "Thursday",
    "vendredi": "Friday",
    "samedi": "Saturday",
    "dimanche": "Sunday",
}
MONTHS: Final = {
    "janvier": "January",
    "février": "February",
    "mars": "March",
    "avril": "April",
    "mai": "May",
    "juin": "June",
    "juillet": "July",
    "août": "August",
    "septembre": "September",
    "octobre": "October",
    "novembre": "November",
    "décembre": "December",
}
ADJECTIVES: Final[dict[str, tuple[str, str, bool]]] = {
    "new": ("nouveau", "nouvelle", True),
    "last": ("dernier", "dernière", False),
    "next": ("prochain", "prochaine", False),
    "short": ("court", "courte", True),
    "warm": ("chaleureux", "chaleureuse", False),
    "free": ("gratuit", "gratuite", False),
    "unpaid": ("impayé", "impayée", False),
    "signed": ("signé", "signée", False),
    "great": ("excellent", "excellente", True),
    "excellent": ("excellent", "excellente", True),
    "precious": ("précieux", "précieuse", False),
    "technical": ("technique", "technique", False),
    "late": ("tardif", "tardive", False),
}
"""English, the two French genders, and whether the French one stands before its noun."""
FRENCH_PHRASES: Final[dict[str, str]] = {
    "la semaine prochaine": "next week", "la semaine dernière": "last week", "cette semaine": "this week",
    "le mois prochain": "next month", "le mois dernier": "last month", "l'année prochaine": "next year",
    "demain": "tomorrow", "aujourd'hui": "today", "hier": "yesterday", "après-demain": "the day after tomorrow",
    "demain matin": "tomorrow morning", "dans nos bureaux": "at our offices", "chez nous": "at our place",
    "n°": "no.", "à la fin du mois": "at the end of the month", "fin du mois": "the end of the month",
    "au sujet": "about", "autour de la": "on", "autour du": "on", "autour de": "on", "par téléphone": "by phone",
    "en visio": "by video call", "depuis longtemps": "for a long time", "pour": "for", "avec": "with", "chez": "at",
    "sur": "on", "sans": "without", "et": "and", "ou": "or", "dans": "in", "envoyé": "sent", "envoyée": "sent",
    "prise de poste": "new position", "nouvelle prise de poste": "new position", "matin": "in the morning",
    "après-midi": "in the afternoon", "soir": "in the evening", "min": "minutes", "votre temps": "your time",
}  # fmt: skip
ENGLISH_PHRASES: Final[dict[str, str]] = {
    "next week": "la semaine prochaine", "last week": "la semaine dernière", "this week": "cette semaine",
    "next month": "le mois prochain", "last month": "le mois dernier", "next year": "l'année prochaine",
    "tomorrow": "demain", "today": "aujourd'hui", "yesterday": "hier", "tomorrow morning": "demain matin",
    "at our offices": "dans nos bureaux", "no.": "n°", "for a long time": "depuis longtemps",
    "at the end of the month": "à la fin du mois", "the end of the month": "la fin du mois",
    "by phone": "par téléphone",
    "by video call": "en visio", "for": "pour", "with": "avec", "without": "sans", "and": "et", "or": "ou",
    "during": "pendant", "in the morning": "le matin", "in the afternoon": "l'après-midi", "sent": "envoyé",
}  # fmt: skip
