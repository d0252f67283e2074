"""The code lists that cells may name, by code, other notation or label."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final
from urllib.parse import unquote

import geothai
from pyoxigraph import RdfFormat, parse

import ontology
from graph.thai import ARABIC

_SKOS: Final = ontology.PREFIXES["skos"]
_AREAS: Final = {
    "province": ("จังหวัด", "จ."),
    "district": ("อำเภอ", "อ.", "เขต"),
    "subdistrict": ("ตำบล", "ต.", "แขวง"),
}


@dataclass(frozen=True)
class CodeList:
    """One scheme.

    :param labels: the Thai and English label of each code.
    :param texts: notations and labels of each code.
    """

    scheme: str
    labels: dict[str, tuple[str, str]]
    texts: dict[str, list[str]]

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes by every text that means only one of them, folded by :func:`fold`."""
        meanings: defaultdict[str, set[str]] = defaultdict(set)
        for code, texts in self.texts.items():
            for text in (code, *texts):
                meanings[fold(text)].add(code)
        return {text: next(iter(them)) for text, them in meanings.items() if len(them) == 1}

    def code(self, text: str) -> str | None:
        """Return the code that a text means, or None."""
        return text if text in self.labels else self.codes.get(fold(text))


def fold(text: str) -> str:
    """Return a label without case, blanks and Thai digits.

    >>> fold("Own  Home "), fold("๕๐๖/๑")
    ('ownhome', '506/1')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(ARABIC)
    return "".join(folded.split())


@cache
def code_list(scheme: str) -> CodeList:
    """Return a code list; one that nobody has written is empty."""
    found = _areas(scheme) if scheme in _AREAS else _concepts().get(scheme, {})
    labels = {code: labels for code, (labels, _) in found.items()}
    return CodeList(scheme, labels, {code: texts for code, (_, texts) in found.items()})


_Concepts = dict[str, tuple[tuple[str, str], list[str]]]


def _areas(scheme: str) -> _Concepts:
    provinces = geothai.provinces()
    places: list[tuple[str, str, str]] = []
    if scheme == "province":
        places = [(p.code, p.name_th, p.name_en) for p in provinces]
    else:
        districts = [d for p in provinces for d in geothai.districts(p.code)]
        places = [(d.code, d.name_th, d.name_en) for d in districts]
        if scheme == "subdistrict":
            below = [s for d in districts for s in geothai.subdistricts(d.code)]
            places = [(s.code, s.name_th, s.name_en) for s in below]
    return {
        code: ((thai, english), [english, *_spoken(thai, _AREAS[scheme])])
        for code, thai, english in places
    }


def _spoken(name: str, kinds: tuple[str, ...]) -> list[str]:
    """Return an area's name as it is written: bare, or with the word for its kind."""
    bare = next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)
    return [name, bare, *(kind + bare for kind in kinds)]


@cache
def _concepts() -> dict[str, _Concepts]:
    """Return the concepts of the shipped files by scheme and code."""
    schemes: defaultdict[str, _Concepts] = defaultdict(dict)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    texts: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, value, language in _statements():
        if predicate == "inScheme" and value.startswith(ontology.CONCEPT):
            scheme = value.removeprefix(ontology.CONCEPT)
            code = unquote(subject.removeprefix(f"{ontology.CONCEPT}{scheme}/"))
            schemes[scheme][code] = (("", ""), [subject])
        elif predicate in ("prefLabel", "altLabel", "notation", "hiddenLabel"):
            texts[subject].append(value)
            if predicate == "prefLabel":
                labels[subject][language] = value
    return {
        scheme: {
            code: ((labels[node].get("th", ""), labels[node].get("en", "")), texts[node])
            for code, (_, (node,)) in concepts.items()
        }
        for scheme, concepts in schemes.items()
    }


def _statements() -> Iterator[tuple[str, str, str, str]]:
    for package, name in (
        ("ontology.knowledge", "land-tax-parameters.ttl"),
        ("ontology.tax", "codes.ttl"),
    ):
        file = files(package) / name
        if not file.is_file():
            continue
        for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE):
            predicate = quad.predicate.value
            if predicate.startswith(_SKOS):
                value = getattr(quad.object, "value", "")
                language = getattr(quad.object, "language", None) or ""
                yield getattr(quad.subject, "value", ""), predicate[len(_SKOS) :], value, language
