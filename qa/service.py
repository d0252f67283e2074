"""The whole service behind one object: what the command line, HTTP and the page call."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import Any, Final

from pyoxigraph import Store

from graph.errors import InputError
from graph.export import export
from graph.statements import Link
from graph.store import fingerprint, open_store
from graph.things import Thing, describe
from qa.answer import Answerer
from qa.applies import Applier
from qa.catalogue import Catalogue, Listing, Suggestion
from qa.encoder import Encoder
from qa.facets import Facets, SearchResult, result_of
from qa.guide import Asked, Checklist, Guider
from qa.guide.model import Offer
from qa.model import Answer, Applies
from qa.neighbours import Around, around
from qa.refs import RefReader
from qa.retrieve import Retriever
from qa.versions import Versions, compare_versions, earlier_versions

COUNTED: Final = 100
"""Things, best first, over which the facets of a search count."""


def shared_store() -> Store:
    """Open the graph where the settings say: on disk under ``MATTRA_STORE``, else in memory."""
    folder = os.environ.get("MATTRA_STORE")
    return open_store(Path(folder) if folder else None)


class Service:
    """Questions, look-ups and facts over one graph; safe to use from several threads."""

    def __init__(self, store: Store | None = None, encoder: Encoder | None = None) -> None:
        self._given = store
        self._encoder = encoder
        # The lazy parts are built by whichever thread comes first, the others wait.
        self._building = RLock()

    @cached_property
    def store(self) -> Store:
        """The graph."""
        return self._given or shared_store()

    @cached_property
    def retriever(self) -> Retriever:
        """Search over the graph."""
        return Retriever(self.store, self._encoder)

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(self.retriever)

    @cached_property
    def _applier(self) -> Applier:
        return Applier(self.retriever)

    @cached_property
    def _guider(self) -> Guider:
        return Guider(self._applier)

    def warm_up(self) -> None:
        """Build everything now, so that the first question need not wait."""
        with self._building:
            self._answerer.ask("มาตรฐาน")
            self._applier.applies("มาตรฐาน")
            _ = self._guider.offer

    def renew(self) -> None:
        """Read the graph anew and put it in the old one's place; answers go on meanwhile.

        :raises InputError: the graph cannot be read; the old one stays.
        """
        fingerprint.cache_clear()
        fresh = Service(encoder=self._encoder)
        fresh.warm_up()
        built = (
            "store", "retriever", "_answerer", "_applier", "_guider", "_refs", "_catalogue"
        )  # fmt: skip
        parts = {name: getattr(fresh, name) for name in built}
        with self._building:
            vars(self).update(parts)

    def ask(self, question: str, as_of: date | None = None, before: Sequence[str] = ()) -> Answer:
        """Return the answer to a question.

        :param before: the questions of the same conversation so far, oldest first.
        """
        return list(self.drafts(question, as_of, before))[-1]

    def drafts(
        self, question: str, as_of: date | None = None, before: Sequence[str] = ()
    ) -> Iterator[Answer]:
        """Yield the answer as the graph gives it, at once; then as a language model reworded it.

        The second comes only where a model is set, and is the first again where it is not trusted.
        """
        with self._building:
            answer = self._answerer.ask(question, as_of, before)
        yield answer
        reworded = self._reworded(answer)
        if reworded is not answer:
            yield reworded

    def _reworded(self, answer: Answer) -> Answer:
        """Return the answer in a language model's words, where one is set and can be trusted."""
        if not os.environ.get("MATTRA_LLM_URL"):
            return answer
        from qa.wording import Reworder

        reworder = Reworder.from_environment()
        if reworder is None:
            return answer
        text, fault = reworder.reword(answer)
        told = {**answer.understood, "reworded": not fault, "not_reworded": fault or None}
        return replace(answer, answer=text, understood=told)

    def applies(self, description: str) -> Applies:
        """Return the standards and sections that apply to some work."""
        with self._building:
            return self._applier.applies(description)

    def guide_choices(self) -> Offer:
        """Return what may be chosen on the guided path."""
        with self._building:
            return self._guider.offer

    def guide(self, asked: Asked) -> Checklist:
        """Return the checklist of what applies to the work chosen or described.

        :raises InputError: nothing is chosen or recognised, no such choice, or the day is none.
        """
        with self._building:
            return self._guider.checklist(asked, fingerprint())

    def search(self, question: str, limit: int = 10, facets: Facets | None = None) -> SearchResult:
        """Return the things nearest to a question, of the facets wanted, with facets of all.

        :raises InputError: a facet has no such value.
        """
        with self._building:
            if facets:
                facets.check(self.retriever.things.values())
            meant = self.retriever.read(question)
            keep = facets.accept if facets else None
            found = self.retriever.search(meant.text, COUNTED, asked=meant.asked, keep=keep)
            return result_of(found, self.retriever.things, limit)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        """Return things whose name begins with or holds a text, as quick as typing."""
        return self._catalogue.suggest(text, limit)

    def browse(
        self,
        text: str = "",
        wanted: Mapping[str, Sequence[str]] | None = None,
        start: int = 0,
        limit: int = 20,
    ) -> Listing:
        """Return the things of some facets, all or those that a text finds by name or meaning.

        :param wanted: values by facet of :data:`qa.catalogue.FACETS`.
        :raises InputError: a facet has no such value.
        """

        def meant(sought: str) -> list[str]:
            return [hit.ref for hit in self.search(sought, 20).hits]

        return self._catalogue.browse(text, wanted or {}, start, limit, meant)

    def around(self, name: str) -> Around:
        """Return what stands around the thing that a person's writing names.

        :raises UnknownRefError: it names nothing here.
        """
        return around(self.store, self.resolve(name))

    def compare(self, name: str, before: str = "") -> Versions:
        """Return what a law, section or standard says otherwise than an earlier version of it.

        :param before: the earlier one; by default that which it replaced or revises.
        :raises UnknownRefError: a name means nothing here.
        :raises InputError: no earlier version is known, or the two cannot be compared.
        """
        ref = self.resolve(name)
        if not before.strip():
            earlier = earlier_versions(self.store, ref)
            if not earlier:
                raise InputError(
                    f"กราฟไม่มีฉบับก่อนของ {ref} ระบุฉบับที่จะเทียบด้วย before",
                    f"the graph has no earlier version of {ref}; name one as before",
                )
            before = earlier[0].ref
        return compare_versions(partial(describe, self.store), self.resolve(before), ref)

    def earlier(self, name: str) -> list[Link]:
        """Return the earlier versions that a thing replaced or revises.

        :raises UnknownRefError: it names nothing here.
        """
        return earlier_versions(self.store, self.resolve(name))

    def resolve(self, name: str) -> str:
        """Return the ref that a person's writing names.

        :raises UnknownRefError: it names nothing here.
        """
        return self._refs.resolve(name)

    def show(self, name: str) -> Thing:
        """Return the thing that a person's writing names.

        :raises UnknownRefError: it names nothing here.
        """
        return describe(self.store, self.resolve(name))

    def export(self, name: str, form: str = "ttl") -> bytes:
        """Return the thing in an RDF syntax (see :func:`graph.export.export`)."""
        return export(self.store, self.resolve(name), form)

    def health(self) -> dict[str, Any]:
        """Return the size of the graph: triples, and things by kind."""
        kinds = Counter(thing.kind for thing in self.retriever.things.values())
        return {"status": "ok", "triples": len(self.store), "things": dict(sorted(kinds.items()))}

    @cached_property
    def _catalogue(self) -> Catalogue:
        with self._building:
            return Catalogue(self.store, self.retriever.things)

    @cached_property
    def _refs(self) -> RefReader:
        return RefReader(self.store)
