"""What was found in a text: the record that every reader fills and that callers get."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec


class Extraction(msgspec.Struct, frozen=True):
    """A contact as a text tells it. What the text doesn't say is None, or an empty list.

    `confidence` goes from 0 to 1 and has the name of each field that was found; `warnings` are sentences for people.
    """

    name: str | None = None
    emails: list[str] = []
    phones: list[str] = []
    company: str | None = None
    position: str | None = None
    address: str | None = None
    website: str | None = None
    linkedin_url: str | None = None
    description: str | None = None
    confidence: dict[str, float] = {}
    warnings: list[str] = []
    extractor: str = "rules"


@dataclass(slots=True)
class Findings:
    """An extraction in the making: fields with how sure their readers are of them."""

    fields: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    sureness: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def say(self, name: str, value: str | None, sureness: float) -> None:
        """Keep a value of a field, unless it is empty or the field has one already."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.sureness[name] = sureness

    def add(self, name: str, value: str | None, sureness: float) -> None:
        """Add to `emails` or `phones` what is not among them yet; a list is as sure as its least sure member."""
        values = self.emails if name == "emails" else self.phones
        if value and value not in values:
            values.append(value)
            self.sureness[name] = min(sureness, self.sureness.get(name, 1.0))

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def extraction(self) -> Extraction:
        confidence = {name: round(value, 2) for name, value in self.sureness.items()}
        return Extraction(
            emails=self.emails, phones=self.phones, confidence=confidence, warnings=self.warnings, **self.fields
        )
