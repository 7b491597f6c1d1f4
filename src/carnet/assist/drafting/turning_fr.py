"""French that is said about the reader, or to somebody else, turned so that it is said to the reader.

"s'il a reçu sa commande" becomes "si vous avez reçu votre commande", with tu beside vous (see `marks`).
"""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.drafting import conjugation, genders
from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.marks import begins_with_vowel, like, marked

_TOKEN = re.compile(r"[^\W\d_]+['\u2019]?|\u27e6[^\u27e7]*\u27e7|\s+|.", re.DOTALL)
_CLITICS: Final = words_in("""
    ne n' me m' nous le la l' les lui leur y en se s'
""")
_LEADING: Final = words_in("""
    si s' que qu' quand où comment pourquoi combien lorsque lorsqu' dès et ou mais car puis donc est-ce comme
""")
_IMPERSONAL: Final = re.compile(
    r"(?:ne |n')?(?:y (?:a|aura|avait|aurait)\b|faut|faudra|faudrait|reste\b|s'agit|pleut|est (?:possible|impossible|"
    r"temps|nécessaire|important|prévu|convenu|utile|urgent|question|trop tard|tard|tôt)\b|serait (?:possible|utile|"
    r"bon|préférable)|vaut mieux|manque\b|suffit)"
)
_PEOPLE_VERBS: Final = re.compile(
    r"(?:rappel|appel|recontact|contact|revoi|revoy|voi[rst]|verr|rencontr|remerci|recevoi|reçoi|recevr|attend|invit|"
    r"tien[sdt]|tiendr|prévien|préveni|inform|retrouv|accueil|aid|join|rejoin|félicit|connai|crois|accompagn|relanc|"
    r"concern|dérang|intéress|rassur|conseill|recommand|salu|souten|soutien|serv)"
)
_PREPOSITIONS: Final = words_in("""
    avec pour chez sans par sur vers contre après avant derrière devant entre
""")
_OTHERS: Final = words_in("""
    je j' on nous le la les l' un une des mon ma mes notre nos ce cet cette ces du cela ça
""")


class _Turning:
    """One text on its way; `said` is what was written so far, piece by piece."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(text.replace("\u2019", "'"))
        self.said: list[str] = []
        self.at = 0
        self.is_reader: bool | None = None
        """Whether the clause's first subject is the reader; None before there is one."""
        self.gender = ""
        """Of the first subject where its article tells: "il" is no "commande"."""

    def word(self, ahead: int) -> str:
        """The word so many words before or after this one, in small letters; empty where signs part them."""
        at, step = self.at, 1 if ahead > 0 else -1
        while ahead:
            at += step
            while 0 <= at < len(self.tokens) and self.tokens[at].isspace():
                at += step
            if not 0 <= at < len(self.tokens) or not self.tokens[at][0].isalpha():
                return ""
            ahead -= step
        return self.tokens[at].lower()

    def say(self, vous: str, tu: str, *, skip: int = 0) -> None:
        piece = self.tokens[self.at]
        self.said.append(marked(like(piece, vous), like(piece, tu)))
        self.at += skip

    def run(self) -> str:
        while self.at < len(self.tokens):
            piece = self.tokens[self.at]
            if piece[0].isalpha():
                self._word(piece)
            else:
                self.said.append(piece)
                if piece in ".!?;:":
                    self.is_reader = None
            self.at += 1
        return "".join(self.said)

    def _word(self, piece: str) -> None:
        word = piece.lower()
        if word in {"si", "s'"}:
            self.is_reader = None
        turn = getattr(self, f"_{_KINDS.get(word, '')}", None) if word in _KINDS else None
        if turn is not None and turn(word):
            return
        if word not in _LEADING and (word in _OTHERS or word not in _KINDS):
            self._begin_with(word)
        if word.endswith("ez") and self.word(-1) != "vous" and self.word(1) != "vous":
            forms = conjugation.ordered(word)
            if forms is not None:
                self.say(*forms)
                return
        self.said.append(piece)

    def _begin_with(self, word: str) -> None:
        """Take a word as the clause's first subject, if it has none yet and the word may be one."""
        if self.is_reader is None and word not in {"dans", "pour", "avec", "à", "en"}:
            self.is_reader, self.gender = False, genders.ARTICLES.get(word, "")

    # ---- the reader as "il" or "elle"

    def _subject(self, word: str) -> bool:
        rest = "".join(self.tokens[self.at + 1 : self.at + 9]).lstrip().lower()
        is_another = self.is_reader is False and self.gender in {"", "f" if word.startswith("elle") else "m"}
        if is_another or (word == "il" and _IMPERSONAL.match(rest)):
            return False
        return self._conjugate("vous", "tu", conjugation.of_third)

    def _conjugate(self, vous: str, tu: str, forms_of: object) -> bool:
        at = self.at + 1
        between: list[str] = []
        while at < len(self.tokens) and (self.tokens[at].isspace() or self.tokens[at].lower() in _CLITICS):
            between.append(self.tokens[at])
            at += 1
        if at >= len(self.tokens):
            return False
        forms = forms_of(self.tokens[at])  # type: ignore[operator]
        if forms is None:
            return False
        while self.said and self.said[-1].lower() in {"s'", "qu'", "lorsqu'", "puisqu'"}:
            whole = {"s'": "si ", "qu'": "que "}.get(self.said[-1].lower(), self.said[-1][:-1] + "e ")
            self.said[-1] = like(self.said[-1], whole)
        said_vous, said_tu = _reflexive(between, forms)
        self.say(vous + said_vous, tu + said_tu)
        self.at = at
        self.is_reader = True
        return True

    # ---- the reader as an object

    def _possessive(self, word: str) -> bool:
        if self.word(1) == "":
            return False
        vous = "vos" if word in {"ses", "tes"} else "votre"
        self._begin_with("mon" if word == "son" and not begins_with_vowel(self.word(1)) else word)
        self.say(vous, "t" + word[1:])
        return True

    def _leur(self, word: str) -> bool:
        following = self.word(1)
        if self.word(-1) in {"je", "j'", "nous", "on", "ne", "de", "à", "pour"} and following.endswith(("r", "i", "e")):
            return self._object(word)
        return self._yours(word)

    def _yours(self, word: str) -> bool:
        if word in {"vos", "leurs"}:
            self.say("vos", "tes")
            return True
        noun = self.word(1)
        is_ta = genders.is_feminine(noun) and not begins_with_vowel(noun)
        self.say("votre", "ta" if is_ta else "ton")
        return True

    def _lui(self, word: str) -> bool:
        before = self.word(-1)
        if before in _PREPOSITIONS or before in {"à", "de", "et"} or self.word(1) == "":
            if self.word(1).endswith(("er", "ir", "re", "oir")):
                return self._object(word)
            if before in _PREPOSITIONS or before in {"à", "de", "qu'"}:
                self.say("vous", "toi")
                return True
            return False
        return self._object(word)

    def _her(self, word: str) -> bool:
        """The subject "elle", or "avec elle"."""
        if self.word(-1) in _PREPOSITIONS or self.word(-1) in {"à", "d'"}:
            if self.word(-1) == "d'":
                self.said[-1] = "de "
            self.say("vous", "toi")
            return True
        return self._subject(word)

    def _it(self, word: str) -> bool:
        """The words "le", "la", "l'" and "les" before a verb of which people are the object."""
        if self.word(-1) in {
            "je",
            "nous",
            "on",
            "de",
            "à",
            "pour",
            "ne",
            "pourrai",
            "vais",
            "allons",
            "viendrai",
            "",
        } and (
            _PEOPLE_VERBS.match(self.word(1))
            and not (self.word(-1) in {"de", "à", "pour", ""} and not self.word(1).endswith("r"))
        ):
            return self._object(word)
        return False

    def _object(self, _word: str) -> bool:
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        is_parted = following.isspace()
        verb = self.word(1)
        space = " " if is_parted or self.tokens[self.at].endswith("'") else ""
        if begins_with_vowel(verb):
            self.say("vous" + space, "t'", skip=int(is_parted))
        else:
            self.say("vous" + space, "te" + space, skip=int(is_parted))
        return True

    # ---- the reader who is already spoken to

    def _tu(self, _word: str) -> bool:
        return self._conjugate("vous", "tu", conjugation.of_tu)

    def _vous(self, _word: str) -> bool:
        if self.word(-1) == "rendez" or (
            self.at and self.tokens[self.at - 1] == "-" and self.at > 1 and self.tokens[self.at - 2].lower() == "rendez"
        ):
            return False
        if self._conjugate("vous", "tu", conjugation.of_vous):
            return True
        if self.word(-1) in _PREPOSITIONS | {"à", "de", ""} and not self.word(1).endswith("r"):
            self.say("vous", "toi")
            return True
        return self._object("vous") if self.word(1) else False

    def _toi(self, _word: str) -> bool:
        self.say("vous", "toi")
        return True


def _reflexive(between: list[str], forms: tuple[str, str]) -> tuple[str, str]:
    """The words between subject and verb with the verb, in both forms; "se" is the reader's own."""
    vous, tu = "".join(between), "".join(between)
    vous = re.sub(r"\bse\b", "vous", re.sub(r"\bs'", "vous ", vous))
    tu = re.sub(r"\bse\b", "te", re.sub(r"\bs'", "t'", tu))
    tu = re.sub(r"\bvous ", "t'" if begins_with_vowel(forms[1]) else "te ", tu)
    if begins_with_vowel(forms[1]):
        tu = re.sub(r"\b([nmtl])e $", r"\1'", tu)
    if begins_with_vowel(forms[0]):
        vous = re.sub(r"\b([nml])e $", r"\1'", vous)
    elif re.search(r"\b[nm]' ?$", vous):
        vous = re.sub(r"\b([nm])' ?$", r"\1e ", vous)
    if not begins_with_vowel(forms[1]):
        tu = re.sub(r"\b([nm])' ?$", r"\1e ", tu)
    return vous + forms[0], tu + forms[1]


_KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(("il", "ils", "elles"), "subject"),
    **dict.fromkeys(("son", "sa", "ses", "ton", "ta", "tes"), "possessive"),
    **dict.fromkeys(("votre", "vos", "leurs"), "yours"),
    **dict.fromkeys(("le", "la", "l'", "les"), "it"),
    **dict.fromkeys(("te", "t'"), "object"),
    "leur": "leur",
    "lui": "lui",
    "eux": "lui",
    "elle": "her",
    "tu": "tu",
    "vous": "vous",
    "toi": "toi",
}
_ASKED = re.compile(
    r"ce (?=qu[e'])|(?:(?:à|de|pour|dans|en|avec|depuis|par) )?(?:quelle?s? \w+|combien de \w+) "
    r"(?=ils? |elles? )"
)
"""What is asked for before the subject of a question."""
_INVERTED = re.compile(r"\b([^\W\d_]+)(-t)?-(tu|vous|toi|elle|il)\b", re.IGNORECASE)


def turned(text: str) -> str:
    """A phrase or clause as it is said to the reader, marked for both forms of address."""
    asked = _ASKED.match(text.lower())
    start = asked.end() if asked is not None else 0
    return text[:start] + _Turning(_INVERTED.sub(_uninverted, text[start:])).run()


def _uninverted(match: re.Match[str]) -> str:
    verb, pronoun = match[1], match[3].lower()
    if verb.lower() == "rendez":
        return match[0]
    if pronoun == "toi":
        return match[0]
    forms_of = {"tu": conjugation.of_tu, "vous": conjugation.of_vous}.get(pronoun, conjugation.of_third)
    forms = forms_of(verb)
    if forms is None:
        return match[0]
    vous, tu = forms
    if pronoun == "vous" and conjugation.ordered(verb) and verb.lower() in {"dites", "faites"}:
        return match[0]
    return marked(like(verb, f"{vous}-vous"), like(verb, f"{tu}-tu"))
