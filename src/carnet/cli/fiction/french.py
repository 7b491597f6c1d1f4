"""French words for the invention."""

from __future__ import annotations

from carnet.cli.fiction.tongue import Errand, Tongue, words
from carnet.core.tasks import Type

_GOODS = (
    "des échantillons",
    "de la commande d'automne",
    "des étagères en chêne",
    "des lampes de bureau",
    "du lin lavé",
    "de la vaisselle en grès",
    "des affiches",
    "des coffrets de fin d'année",
)
_MATTERS = (
    *_GOODS,
    "du contrat annuel",
    "de la visite de l'atelier",
    "du calendrier de la saison",
    "des conditions de paiement",
    "de la formation de l'équipe",
)

FRENCH = Tongue(
    women=words(
        "Agathe Anaïs Aurélie Camille Céline Charlotte Chloé Clémence Delphine Élodie Émilie Estelle Fanny Hélène "
        "Inès Juliette Léa Louise Maëlle Manon Margaux Nathalie Noémie Pauline Sandrine Solène Sylvie Zoé"
    ),
    men=words(
        "Adrien Antoine Arthur Bastien Benoît Cédric Clément Damien Étienne Fabien François Gaël Guillaume Hugo "
        "Jérôme Julien Laurent Loïc Lucas Mathieu Nicolas Olivier Pascal Raphaël Rémi Théo Thomas Xavier"
    ),
    families=words(
        "Aubrelin Bassevault Beaucamin Belvaune Boisgerand Brémonvil Brissandre Cabrisseau Chantebrise Charvillon "
        "Clairmaret Combrune Cordevault Coursanne Courtelande Cressonval Darnelle Desgranval Doucheraie Duvernelle "
        "Escarmelle Estrevin Fauvillard Feuillardin Fontarelle Fougeralde Garambault Gervaisin Grandcressy Guéramont "
        "Hautebrune Hennelin Jolivarde Jumelaine Landrevin Laubremont Lestranval Lombreuil Longueserre Maisonverte "
        "Malbruny Marcheloup Marsauvin Montbrisel Morvandelle Orsevault Perdrisel Pontcharvin Quentrelle Rochebrisse "
        "Sorbelin Tournebrise Trémoncel Vaudrelle Verchamps Villorgeux Virecourtin"
    ),
    positions=(
        ("Directrice commerciale", "Directeur commercial"),
        ("Acheteuse", "Acheteur"),
        ("Responsable des achats", "Responsable des achats"),
        ("Cheffe de projet", "Chef de projet"),
        ("Gérante", "Gérant"),
        ("Directrice technique", "Directeur technique"),
        ("Assistante de direction", "Assistant de direction"),
        ("Responsable marketing", "Responsable marketing"),
        ("Comptable", "Comptable"),
        ("Architecte", "Architecte"),
        ("Responsable logistique", "Responsable logistique"),
        ("Chargée de communication", "Chargé de communication"),
    ),
    companies=(
        "Ateliers {}",
        "{} & Filles",
        "Imprimerie {}",
        "{} Conseil",
        "Menuiserie {}",
        "Transports {}",
        "Librairie {}",
        "Faïencerie {}",
        "Maison {}",
        "Pépinières {}",
    ),
    roots=words(
        "Arvaudel Bélizance Brenneval Cormelune Dréval Esquivelle Faramande Galernoise Hauvrelle Jonquelaire "
        "Lormeval Mirvaudan Norvelande Orfeval Pralune Quillerand Rosavelle Sarnelune Tessandre Ulvaronde "
        "Valcendre Vaumarine Yvandelle Zélandine"
    ),
    meetings=(
        "Rencontre au salon du papier, stand 14.",
        "Nous met en relation un client commun.",
        "Échange de cartes au petit-déjeuner des ateliers.",
        "Premier appel après notre lettre de rentrée.",
        "Même table au dîner des fournisseurs.",
    ),
    remarks=(
        "Paie à trente jours, sans relance.",
        "Décide avec son équipe, en général le lundi.",
        "Demande toujours un devis en deux variantes.",
        "À joindre plutôt par téléphone.",
    ),
    streets=(
        "rue des Encriers",
        "quai de la Plume",
        "avenue du Vieux-Papier",
        "place des Marque-Pages",
        "chemin du Buvard",
        "allée des Carnets",
    ),
    towns=("69002 Lyon", "44000 Nantes", "35000 Rennes", "31000 Toulouse", "59000 Lille", "67000 Strasbourg"),
    phones=("+33 1 99 00 {}{} {}{}", "+33 6 39 98 {}{} {}{}"),
    mail_host="courriel.example",
    errands=(
        Errand(Type.CALL, "Appeler {name} au sujet {matter}", "À joindre plutôt le matin, avant dix heures.", _MATTERS),
        Errand(Type.CALL, "Rappeler {name} au sujet {matter}", "Un message laissé sur le répondeur.", _MATTERS),
        Errand(Type.EMAIL, "Envoyer à {name} les photos {matter}", "Celles de l'atelier, en haute définition.", _GOODS),
        Errand(Type.EMAIL, "Écrire à {name} au sujet {matter}", "Rappeler ce qui a été convenu.", _MATTERS),
        Errand(Type.MEETING, "Voir {name} au sujet {matter}", "Dans leurs locaux, une heure suffira.", _MATTERS),
        Errand(Type.FOLLOW_UP, "Relancer {name} au sujet {matter}", "Sans nouvelles depuis trois semaines.", _MATTERS),
        Errand(Type.PROPOSAL, "Préparer pour {name} la proposition", "Deux variantes, l'une avec la formation."),
        Errand(Type.QUOTE, "Chiffrer pour {name} le devis {matter}", "Remise à partir de vingt pièces.", _GOODS),
        Errand(Type.OTHER, "Vérifier la livraison {matter} chez {name}", "Demander le nom du transporteur.", _GOODS),
        Errand(Type.OTHER, "Remercier {name} pour sa dernière commande", "Un mot écrit à la main."),
    ),
    deals=(
        "Carnets de rentrée, 400 pièces",
        "Papeterie du bureau de Lyon",
        "Reliure du catalogue de printemps",
        "Formation de deux jours",
        "Cadeaux de fin d'année",
        "Contrat d'entretien annuel",
    ),
    notes=(
        "Préfère le papier crème au papier blanc.",
        "Un nouveau local dès septembre : il faudra revoir les quantités.",
        "Très content de la dernière livraison, moins du délai.",
        "Passe par son associée pour tout ce qui dépasse mille euros.",
        "A demandé des échantillons du lin et du coton.",
        "Part en congé la deuxième quinzaine d'août.",
    ),
)
