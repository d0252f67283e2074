"""Refs however people write them: ``PDPA มาตรา 37``, ``ม.๓๗(๔)``, ``มสพร.6-5``."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import UnknownRefError
from graph.view import View, term
from qa.text import normalize

_STANDARD: Final = re.compile(
    r"(?P<family>มสพร|มรด|mspr|mrd|dgs)[.\s\-]*(?P<number>\d{1,2})(?:\s*[-.]\s*(?P<part>\d{1,2})(?!\d))?"
    r"(?:\s*[:/\-–\s]\s*(?:พ\.ศ\.\s*)?(?P<year>25\d\d))?",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:มาตรา|ข้อ|\bsections?\b|\bs\.|(?<![A-Za-z])§)\s*(?P<number>\d{1,3})(?:\s*[/]\s*(?P<inserted>\d{1,2}))?"
    r"(?:\s*(?:วรรค\S+\s*)?\(\s*(?P<item>\d{1,2})\s*\))?",
    re.IGNORECASE,
)
_FAMILY: Final = {"มสพร": "mspr", "มรด": "mrd", "mspr": "mspr", "mrd": "mrd", "dgs": "mrd"}


@dataclass(frozen=True)
class Mention:
    """A ref found in a text, with the words that named it."""

    ref: str
    text: str
    start: int
    known: bool


@dataclass(frozen=True)
class RefReader:
    """Reads refs out of Thai and English text, by the names that the graph itself holds."""

    store: Store

    def find(self, question: str) -> list[Mention]:
        """Return the refs that a text names, in the order of the text.

        A section without its act is given to the act named nearest to it, if any is named;
        else it is left out: a bare ``มาตรา 12`` names no one thing.
        """
        text = normalize(question)
        laws = self.laws_in(text)
        found = [self._standard(match) for match in _STANDARD.finditer(text)]
        used: set[str] = set()
        for match in _SECTION.finditer(text):
            if laws:
                law = min(laws, key=lambda mention: _gap(mention, match))
                used.add(law.ref)
                found.append(self._section(law.ref, match))
        found.extend(law for law in laws if law.ref not in used)
        return sorted(found, key=lambda mention: mention.start)

    def laws_in(self, text: str) -> list[Mention]:
        """Return the acts and instruments that a normalised text names, longest name first."""
        taken: list[range] = []
        found: list[Mention] = []
        lowered = text.lower()
        for name, ref in self._names:
            start = lowered.find(name)
            span = range(start, start + len(name))
            if start < 0 or any(set(span) & set(other) for other in taken):
                continue
            if (
                name.isascii()
                and re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", lowered) is None
            ):
                continue
            taken.append(span)
            found.append(Mention(ref, text[start : start + len(name)], start, True))
        return found

    def resolve(self, text: str) -> str:
        """Return the one ref that a text names, written as a ref or in any human manner.

        :raises UnknownRefError: it names nothing that the graph holds.
        """
        candidate = normalize(text).strip().strip("/")
        compact = candidate.replace(" ", "").removeprefix(ontology.ID).removeprefix("id/")
        for ref in (candidate, compact, compact.lower()):
            if ref and self.known(ref):
                return ref
        for mention in sorted(self.find(text), key=lambda m: -len(m.ref)):
            if mention.known:
                return mention.ref
        for mention in self.find(text):
            near = ", ".join(self._near(mention.ref))
            raise UnknownRefError(
                f"ไม่พบ {mention.ref} ในกราฟ" + (f" ที่ใกล้เคียงคือ {near}" if near else ""),
                f"the graph has no {mention.ref}" + (f"; near it: {near}" if near else ""),
            )
        raise UnknownRefError(
            f"ไม่รู้จักชื่อ «{text[:80]}» เขียนเช่น mspr-7-2565, dgov-2562/12 หรือ พ.ร.บ.รัฐบาลดิจิทัล มาตรา 12",
            "unknown name; write for example mspr-7-2565, dgov-2562/12",
        )

    def known(self, ref: str) -> bool:
        """Tell whether the graph describes a ref."""
        if re.search(r"[\s<>\"{}|\\^`]", ref):
            return False
        try:
            node = NamedNode(ontology.iri(ref))
        except ValueError:
            # Other characters that no identifier can have.
            return False
        types = self.store.quads_for_pattern(node, term("rdf:type"), None)
        return next(types, None) is not None

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        view = View(self.store)
        names: dict[str, str] = {}
        for kind in ("m:Act", "m:Instrument"):
            for node in view.subjects("rdf:type", term(kind)):
                ref = ontology.ref(node.value)
                labels = view.texts(node, "skos:altLabel") + view.texts(node, "dcterms:title")
                for label in [*labels, ref]:
                    name = normalize(label).lower()
                    short = re.sub(r"\s*พ\.ศ\. 25\d\d$", "", name)
                    short = re.sub(r"^พระราชบัญญัติ\s*", "พ.ร.บ. ", short)
                    for form in (name, short, short.replace("พ.ร.บ. ", "พ.ร.บ.")):
                        if len(form) > 2:
                            names.setdefault(form, ref)
        return sorted(names.items(), key=lambda item: -len(item[0]))

    @cached_property
    def _standards(self) -> list[str]:
        view = View(self.store)
        nodes = view.subjects("rdf:type", term("m:Standard"))
        nodes += view.subjects("rdf:type", term("m:StandardFamily"))
        return sorted({ontology.ref(node.value) for node in nodes})

    def _standard(self, match: re.Match[str]) -> Mention:
        numbers = [n for n in (match["number"], match["part"]) if n]
        stem = "-".join([_FAMILY[match["family"].lower()], *numbers])
        wanted = f"{stem}-{match['year']}" if match["year"] else stem
        known = [ref for ref in self._standards if re.fullmatch(rf"{stem}(-25\d\d)?", ref)]
        exact = [
            ref for ref in known if ref in (wanted, stem) and (ref == wanted or not match["year"])
        ]
        if exact:
            best, sure = exact[0], True
        elif known and not match["year"]:
            best, sure = max(known), True
        elif stem in known:
            best, sure = stem, True
        else:
            best, sure = wanted, False
        return Mention(best, match[0], match.start(), sure)

    def _section(self, law: str, match: re.Match[str]) -> Mention:
        ref = f"{law}/{match['number']}" + (f"-{match['inserted']}" if match["inserted"] else "")
        if match["item"] and self.known(f"{ref}({match['item']})"):
            ref += f"({match['item']})"
        return Mention(ref, match[0], match.start(), self.known(ref))

    def _near(self, ref: str) -> list[str]:
        stem = ref.rpartition("-")[0] if "/" not in ref else ref.partition("/")[0]
        return [known for known in self._standards if known.startswith(stem)][:4] or (
            [stem] if self.known(stem) else []
        )


def _gap(law: Mention, section: re.Match[str]) -> int:
    """Return how many characters lie between an act's name and a section, either order."""
    return max(section.start() - law.start - len(law.text), law.start - section.end())
