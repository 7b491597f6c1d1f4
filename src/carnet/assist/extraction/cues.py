"""Small words that tell what follows them: "named" a person, "as the" a title, "works for" a company."""

from __future__ import annotations

from typing import Final

from carnet.assist.extraction.words import GREETINGS, PARTICLES, SENTENCE_WORDS

STRONG, FAIR = 2.0, 1.7
"""What `cued` gives for words that tell the kind, next to it or with an article between."""
_TELLING: Final = {
    "name": (
        "mein name ist|name ist|mon nom est|mi nombre es|il mio nome e|nome e|nom est|nombre es|it's|name's|name is|named|appelle|nomme|nommee|heisst|llama|llamo|chiama|chiamo|this is|ici|soy|sono|ich bin|"
        "hier ist|madame|monsieur|mme|mr|mrs|ms|herr|herrn|frau|senor|senora|signor|signora|met|je suis|i'm|i am|spoke|"
        "spoke with|spoke to|c'est|ask for|try|hier spricht"
    ),
    "position": (
        "she's|he's|comme|en tant que|como|come|is the|is our|is their|she's the|he's the|as the|as a|as an|as|est la|est le|ist die|es la|es el|e la|e il|"
        "elle est|il est|sie ist|er ist|our|notre|nouveau|nouvelle|new|neue|neuer|nuevo|nueva|nuova|nuovo|works as|als|"
        "who is|qui est|role|poste|title|who's the|she is|he is|i'm the|i am the|je suis le|je suis la|ich bin der|ich "
        "bin die|soy el|soy la|sono il|sono la"
    ),
    "company": (
        "at|from|over at|chez|bei|beim|presso|works for|works at|joined|rejoint|societe|firma|empresa|azienda|ditta|de "
        "la societe|bei der|der firma|au sein de|company|working for|working at|entreprise|travaille pour|travaille "
        "chez|arbeite bei|arbeite fur|trabajo en|trabajo para|lavoro per|lavoro in|work for|work at|works with"
    ),
}
_ALLOWING: Final = {
    "name": (
        "is|est|ist|es|ai eu|eu|llamar|hablado|chiamare|telefonato|its|called|m|dr|meet|talked|talk to|talking to|with|avec|mit|con|contact|contacto|contatto|kontakt|call|"
        "rencontre|vu|voir|appeler|rappeler|conoci|incontrato|getroffen|gesprochen|parlato|hable|is now|will be|sera|"
        "to|from|name|nom|heiss|by|par|von|spricht|w|contacter|contact is|parle|contatti|sentito|visto|connu|joindre|"
        "named is|here is"
    ),
    "position": (
        "is a|is an|was the|she's a|he's a|she's|he's|who's|as their|as our|est|c'est le|c'est la|c'est notre|comme|en "
        "tant que|ist|ist der|es|como|e|come|their|leur|l'actuel|the|le|la|i'm|je suis|soy|sono|ich bin|became|devient|"
        "der|die|el|promoted to|nommee|nomme|job|travaille comme|arbeitet als|trabaja como|lavora come|working as"
    ),
    "company": (
        "for|with|societa|of|de|du|de la|des|d|di|del|della|dell|dei|von|vom|von der|der|en|pour|de l'entreprise|"
        "groupe|group|aus|para|per|agence|agency|l'agence|a la|by|represents|represente|runs|owns|owner of"
    ),
}
_STRONG: Final = {kind: frozenset(cues.split("|")) for kind, cues in _TELLING.items()}
_ALL: Final = {kind: _STRONG[kind] | frozenset(cues.split("|")) for kind, cues in _ALLOWING.items()}
_BETWEEN: Final = frozenset(
    "dort la-bas alli li there the a an la le l les der die das dem el il lo our un une now nouveau nouvelle new local neue".split()
)
_LONGEST_CUE = 3
OF: Final = frozenset(
    "to of de du des d di del della dei delle dell dello von vom der fur for en in au aux a la al les le and et und y e & "
    "the zu zur per para".split()
)
"""Words that may stand within a title or the name of a firm."""
ARTICLES: Final = frozenset(
    "the a an le la les un une l der die das den dem ein eine einen el los las il lo gli i uno una nouveau nouvelle "
    "new neue neuer neuen our their his her its".split()
)
SPEAKING: Final = frozenset(
    "comme eu kennengelernt llamar hablado hablar chiamare telefonato telefoniert habe haben rueckruf ruckruf anrufen reminder who introduced present presente vous met meet spoke talked talk talking called call calling try ask contact contacts runs run works work working "
    "handles wants wanted said says asked joined named name names knows heads leads owns sent gave got left phone "
    "number email mail cell mobile website address reach reached reaching hope just off new old note self okay ok hey "
    "alors puis rencontre vu voir appelle appelles nomme nommee travaille joindre rappeler appeler contacter parle "
    "gere dirige souhaite veut numero portable telephone adresse courriel hier gestern messe gesprochen getroffen "
    "heisst arbeitet leitet nummer telefon handy mailadresse ayer conoci llama llamo trabaja dirige quiere correo "
    "movil telefono ieri incontrato parlato chiama chiamo lavora cellulare numero la mail est neuer kontakt contacto "
    "contatto nuovo nuevo yesterday today tomorrow demain aujourd'hui heute manana domani oggi last week semaine salon "
    "expo fair conference trade show spelled quick long great nice at over chez bei beim presso to us ho ici after "
    "before around pour para per moi toi lui him her me la-bas nearby locally firma societe azienda ditta empresa firm "
    "c'est bin its spricht rencontrer plus tard note down up out w y o ou or until back then there et and e und best "
    "good add please update updated crm client customer prospect regarding re fwd tel phone fax speak "
    "speaking".split()
)
"""Words of speaking about people, and adverbs beside them."""
SMALL: Final = SENTENCE_WORDS | GREETINGS | SPEAKING | ARTICLES
"""Words that are no part of a name, a title or a firm when they are written small."""
SMALL_ALWAYS: Final = SMALL - PARTICLES - frozenset("will may can mark grace rose son don van".split())
"""Those that aren't even when a sentence begins with them."""


def cued(cue: str, kind: str) -> float:
    """How surely small words tell that a `name`, `position` or `company` follows: 0, 1, `FAIR` or `STRONG`."""
    words = cue.split()
    if kind == "name" and len(words) > 1 and words[-1] in {"di", "de", "of", "for", "von", "del", "a"}:
        words = words[:-1]  # "il contatto di Marco"
    tails = {" ".join(words[-count:]) for count in range(1, _LONGEST_CUE + 1)}
    if tails & _STRONG[kind]:
        return STRONG
    # An article or a possessive may stand between the telling word and what it tells.
    bare = [word for word in words if word not in _BETWEEN]
    tails |= {" ".join(bare[-count:]) for count in range(1, _LONGEST_CUE + 1)}
    if tails & _STRONG[kind]:
        return FAIR
    return 1.0 if tails & _ALL[kind] else 0.0
