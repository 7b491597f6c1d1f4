"""What Hydra clients read first: the entrypoint, the documentation, the contexts (specification, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.dialects.hydra.links import Links, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.dialects.hydra.classes import Class
    from carnet.dialects.hydra.fields import Field

HYDRA = "http://www.w3.org/ns/hydra/core#"
_PAGES = ("next", "first", "last", "previous")
_TERMS = (
    "Collection",
    "member",
    "totalItems",
    "view",
    "PartialCollectionView",
    "first",
    "last",
    "previous",
    "next",
    "search",
    "IriTemplate",
    "template",
    "mapping",
    "IriTemplateMapping",
    "variable",
    "variableRepresentation",
    "Error",
    "title",
    "description",
)
_LINKING = frozenset({"member", "view", *_PAGES})
_PREFIXES = {
    "hydra": HYDRA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "http://schema.org/",
    "expects": {"@id": "hydra:expects", "@type": "@vocab"},
    "returns": {"@id": "hydra:returns", "@type": "@vocab"},
}


class Documents:
    """The documents for a set of classes, with or without Hydra's prefix."""

    def __init__(self, classes: Sequence[Class], *, prefix: bool) -> None:
        self._classes = {each.name: each for each in sorted(classes, key=lambda each: each.key)}
        self._prefix = prefix
        self._hydra = "hydra:" if prefix else ""

    def entrypoint(self) -> dict[str, Any]:
        """One key for each collection."""
        collections = {each.key: each.collection for each in self._classes.values()}
        return {"@context": "/api/contexts/Entrypoint", "@id": "/api", "@type": "Entrypoint", **collections}

    def context(self, name: str, base_url: str) -> dict[str, Any] | None:
        """The context of a class, of the entrypoint or of an error; None for any other name."""
        terms = {"@vocab": f"{base_url}/api/docs.jsonld#", "hydra": HYDRA}
        if name == "Entrypoint":
            links = {
                key: {"@id": f"Entrypoint/{key}", "@type": "@id"} for key in sorted(each.key for each in self._all())
            }
            return {"@context": terms | self._bare_terms() | links}
        if name in {"Error", "ConstraintViolation", "ConstraintViolationList"}:
            return {"@context": terms | self._bare_terms()}
        described = self._classes.get(name)
        if described is None:
            return None
        pages = {f"hydra:{page}": {"@id": f"hydra:{page}", "@type": "@id"} for page in _PAGES}
        fields = {field.wire: self._term(name, field) for field in described.fields}
        return {"@context": terms | pages | self._bare_terms() | fields}

    def documentation(self, base_url: str) -> dict[str, Any]:
        """The Hydra ApiDocumentation."""
        h = self._hydra
        vocabulary: dict[str, Any] = {"@vocab": f"{base_url}/api/docs.jsonld#"}
        if not self._prefix:
            vocabulary |= _documentation_terms()
        vocabulary |= {
            "label": "rdfs:label",
            "domain": {"@id": "rdfs:domain", "@type": "@id"},
            "range": {"@id": "rdfs:range", "@type": "@id"},
        }
        return {
            "@context": [_PREFIXES, vocabulary],
            "@id": "/api/docs.jsonld",
            "@type": f"{h}ApiDocumentation",
            f"{h}title": "Carnet",
            f"{h}description": "Contacts, the tasks owed to them, and the deals that they may bring.",
            f"{h}entrypoint": {"@id": "/api"},
            f"{h}supportedClass": [*(self._class(each) for each in self._all()), self._entrypoint_class()],
        }

    def _all(self) -> Sequence[Class]:
        return list(self._classes.values())

    def _bare_terms(self) -> dict[str, Any]:
        """Hydra's terms for contexts without its prefix; a class's own come after, and win."""
        if self._prefix:
            return {}
        return {
            term: {"@id": f"hydra:{term}", "@type": "@id"} if term in _LINKING else f"hydra:{term}" for term in _TERMS
        }

    def _term(self, name: str, field: Field) -> Any:  # noqa: ANN401 - a term or its definition
        if self._links(field):
            return {"@id": f"{name}/{field.wire}", "@type": "@id"}
        return f"{name}/{field.wire}"

    @staticmethod
    def _links(field: Field) -> bool:
        return field.json.get("format") == "iri-reference" or "iri-reference" in str(field.json.get("items"))

    def _class(self, described: Class) -> dict[str, Any]:
        h, name = self._hydra, described.name
        return {
            "@id": f"#{name}",
            "@type": f"{h}Class",
            f"{h}title": name,
            f"{h}supportedProperty": [self._property(name, field) for field in described.fields],
            f"{h}supportedOperation": self._operations(described, {"GET": "get", "PATCH": "patch", "DELETE": "delete"}),
        }

    def _property(self, name: str, field: Field) -> dict[str, Any]:
        h = self._hydra
        described: dict[str, Any] = {
            "@id": f"#{name}/{field.wire}",
            "@type": "rdf:Property",
            "domain": f"#{name}",
            "label": field.wire,
        }
        if isinstance(field, (Relation, Links)) and field.target in self._classes:
            described |= {"@type": f"{h}Link", "range": f"#{field.target}"}
            if isinstance(field, Relation):
                described["owl:maxCardinality"] = 1
        elif field.range is not None:
            described["range"] = field.range
        shown = {
            "@type": f"{h}SupportedProperty",
            f"{h}title": field.wire,
            f"{h}required": field.required,
            f"{h}readable": field.readable,
            f"{h}writeable": field.writable,
            f"{h}property": described,
        }
        if field.about:
            shown[f"{h}description"] = field.about
        return shown

    def _operations(self, described: Class, verbs: dict[str, str], suffix: str = "") -> list[dict[str, Any]]:
        found = []
        for method in described.methods:
            if method not in verbs:
                continue
            operation: dict[str, Any] = {
                "@type": [f"{self._hydra}Operation", f"schema:{_ACTIONS[method]}"],
                f"{self._hydra}method": method,
                f"{self._hydra}title": f"{verbs[method]}{described.name}{suffix}",
            }
            if method in {"POST", "PATCH"}:
                operation["expects"] = described.name
            operation["returns"] = _returned(method, described.name, is_collection=bool(suffix))
            found.append(operation)
        return found

    def _entrypoint_class(self) -> dict[str, Any]:
        h = self._hydra
        return {
            "@id": "#Entrypoint",
            "@type": f"{h}Class",
            f"{h}title": "Entrypoint",
            f"{h}supportedProperty": [self._collection_property(each) for each in self._all()],
            f"{h}supportedOperation": {
                "@type": f"{h}Operation",
                f"{h}method": "GET",
                f"{h}title": "index",
                "returns": "Entrypoint",
            },
        }

    def _collection_property(self, described: Class) -> dict[str, Any]:
        h = self._hydra
        member = {"owl:onProperty": {"@id": "hydra:member"}, "owl:allValuesFrom": {"@id": f"#{described.name}"}}
        return {
            "@type": f"{h}SupportedProperty",
            f"{h}title": f"get{described.name}Collection",
            f"{h}readable": True,
            f"{h}writeable": False,
            f"{h}property": {
                "@id": f"#Entrypoint/{described.key}",
                "@type": f"{h}Link",
                "domain": "#Entrypoint",
                "owl:maxCardinality": 1,
                "range": [{"@id": "hydra:Collection"}, {"owl:equivalentClass": member}],
                f"{h}supportedOperation": self._operations(
                    described, {"GET": "get", "POST": "post"}, suffix="Collection"
                ),
            },
        }


_ACTIONS = {"GET": "FindAction", "POST": "CreateAction", "PATCH": "UpdateAction", "DELETE": "DeleteAction"}


def _returned(method: str, name: str, *, is_collection: bool) -> str:
    if method == "DELETE":
        return "owl:Nothing"
    return "hydra:Collection" if is_collection and method == "GET" else name


def _documentation_terms() -> dict[str, Any]:
    """Hydra's keywords for a documentation without its prefix."""
    plain = (
        "ApiDocumentation",
        "Class",
        "Link",
        "Operation",
        "SupportedProperty",
        "title",
        "description",
        "supportedClass",
        "supportedProperty",
        "supportedOperation",
        "property",
        "required",
        "readable",
        "writeable",
        "method",
    )
    return {term: f"hydra:{term}" for term in plain} | {"entrypoint": {"@id": "hydra:entrypoint", "@type": "@id"}}
