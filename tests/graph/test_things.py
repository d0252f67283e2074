"""The description of one thing, and the same as RDF."""

import pytest
import rdflib
from rdflib.compare import isomorphic

import ontology
from graph.errors import InputError, UnknownRefError
from graph.export import FORMATS, export
from graph.store import open_store
from graph.things import describe


def test_a_section_with_its_norms_and_links() -> None:
    thing = describe(open_store(), "eadmin-2565/20")
    assert (thing.kind, thing.number, thing.status) == ("section", "20", "in-force")
    assert "มาตรา 20" in thing.label
    assert "พ.ร.บ." in thing.label
    assert {"eadmin-2565/6", "eadmin-2565/10", "eadmin-2565/16"} <= {c.ref for c in thing.cites}
    assert "eadmin-2565/22" in {c.ref for c in thing.cited_by}
    assert "P90D" in [norm.one("deadline") for norm in thing.norms]
    assert thing.in_force_from == "2023-01-10"


def test_an_items_norms_belong_to_its_section() -> None:
    thing = describe(open_store(), "dgov-2562/12")
    places = {link.ref for norm in thing.norms for link in norm.links["statedIn"]}
    assert "dgov-2562/12(3)" in places


def test_a_kind_of_tax_record_with_its_columns_and_a_column_with_its_record() -> None:
    store = open_store()
    record, column = describe(store, "tax/Assessment"), describe(store, "tax/assessedValue")
    assert (record.kind, record.label) == ("record", "การประเมินภาษี")
    # Its own columns and those that other records have too.
    assert {"tax/assessedValue", "tax/assessmentId"} <= {part.ref for part in record.parts}
    assert column.part_of is not None
    assert (column.kind, column.part_of.ref) == ("column", "tax/Assessment")


def test_a_term_of_the_ontology_is_no_thing_of_the_graph() -> None:
    with pytest.raises(UnknownRefError):
        describe(open_store(), "../ns#Act")


def test_a_standards_history_and_basis() -> None:
    thing = describe(open_store(), "mspr-6-5-2567")
    kinds = {event.kind: event for event in thing.events}
    assert kinds["PublicHearing"].one("from") == "2024-02-15"
    assert kinds["PublicHearing"].one("until") == "2024-03-15"
    assert kinds["Announcement"].one("from") == "2024-06-07"
    assert "2/2567" in kinds["Announcement"].one("identifier")
    assert "eadmin-2565/6" in {link.ref for link in thing.implements}
    assert thing.part_of is not None
    assert thing.part_of.ref == "mspr-6"


@pytest.mark.parametrize("form", FORMATS)
def test_every_rdf_form_says_the_same(form: str) -> None:
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    store = open_store()
    one = rdflib.Graph().parse(data=export(store, "mspr-7-2565", "nt"), format="nt")
    other = rdflib.Graph().parse(data=export(store, "mspr-7-2565", form), format=names[form])
    assert len(one) > 20
    assert isomorphic(one, other)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownRefError):
        describe(open_store(), "mspr-99")
    with pytest.raises(InputError):
        export(open_store(), "mspr-7-2565", "pdf")


def test_every_ref_describes_itself() -> None:
    store = open_store()
    subjects = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, None, None)
        if str(quad.subject).startswith(f"<{ontology.ID}")
    }
    kinds = {
        describe(store, ontology.ref(s)).kind for s in subjects if "/graph/" not in s and _typed(s)
    }
    assert {"act", "section", "standard", "norm", "item", "organisation"} <= kinds


def _typed(iri: str) -> bool:
    return not any(
        f"/{part}/" in iri
        for part in ("event", "basis", "use", "doc", "rule", "overlap", "coverage")
    )
