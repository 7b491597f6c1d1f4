"""Names of countries in five languages, folded, with the code of each."""

from __future__ import annotations

from typing import Final

_NAMES: Final = {
    "FR": "france|frankreich|francia",
    "BE": "belgique|belgium|belgien|belgica|belgio|belgie",
    "CH": "suisse|switzerland|schweiz|suiza|svizzera",
    "LU": "luxembourg|luxemburg|luxemburgo|lussemburgo",
    "DE": "germany|deutschland|allemagne|alemania|germania",
    "AT": "austria|osterreich|autriche",
    "IT": "italy|italia|italie|italien",
    "ES": "spain|espana|espagne|spanien|spagna",
    "PT": "portugal|portogallo",
    "GB": (
        "united kingdom|uk|england|scotland|wales|great britain|royaume-uni|northern ireland|grossbritannien|"
        "reino unido"
    ),
    "IE": "ireland|irlande|irland|eire",
    "US": "usa|united states|united states of america|etats-unis|u.s.a|estados unidos",
    "CA": "canada|kanada",
    "MX": "mexico|mexique",
    "AR": "argentina|argentine",
    "CL": "chile|chili",
    "CO": "colombia|colombie",
    "PE": "peru|perou",
    "BR": "brazil|brasil|bresil",
    "MA": "maroc|morocco|marruecos",
    "TN": "tunisie|tunisia",
    "DZ": "algerie|algeria",
    "SN": "senegal",
    "CI": "cote d'ivoire|ivory coast",
    "CM": "cameroun|cameroon",
    "NL": "netherlands|nederland|pays-bas|the netherlands|niederlande|paises bajos|paesi bassi",
    "DK": "denmark|danmark|danemark",
    "SE": "sweden|sverige|suede|schweden",
    "NO": "norway|norge|norvege|norwegen",
    "FI": "finland|suomi|finlande|finnland",
    "PL": "poland|polska|pologne|polen",
    "CZ": "czech republic|czechia|tschechien|republique tcheque",
    "GR": "greece|grece|griechenland",
    "RO": "romania|roumanie|rumanien",
    "HU": "hungary|hongrie|ungarn",
    "SG": "singapore|singapour",
    "IN": "india|inde|indien",
    "AU": "australia|australie|australien",
    "NZ": "new zealand|nouvelle-zelande",
    "JP": "japan|japon",
    "ZA": "south africa|afrique du sud",
    "AE": "united arab emirates|uae|dubai",
    "HK": "hong kong",
    "MC": "monaco",
    "MU": "mauritius|ile maurice|maurice",
    "RE": "la reunion",
    "GP": "guadeloupe",
    "MQ": "martinique",
    "LI": "liechtenstein",
    "UY": "uruguay",
    "CR": "costa rica",
    "EC": "ecuador",
    "TR": "turkey|turkiye|turquie",
    "IL": "israel",
    "KE": "kenya",
    "NG": "nigeria",
    "LB": "lebanon|liban",
    "MT": "malta|malte",
    "CY": "cyprus|chypre",
}
COUNTRIES: Final = {name: region for region, names in _NAMES.items() for name in names.split("|")}
"""The region code of each name."""
STATES: Final = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|"
    r"W[AIVY])"
)
"""An expression for the two letters of a state of the USA."""
