"""Looking through the graph: names, facets, what is around a thing."""

import pytest

from graph.errors import InputError, UnknownRefError
from qa.neighbours import MOST, RELATIONS
from qa.service import Service


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("มสพร 6-2", "mspr-6-2-2566"), ("pdp", "pdpa-2562"), ("pdpa-2562/37", "pdpa-2562/37"),
        ("ข้อมูลนิรนาม", "draft-anonymization-2567"), ("tax/Assess", "tax/Assessment"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_it_is_typed(service: Service, typed: str, ref: str) -> None:
    assert ref in [found.ref for found in service.suggest(typed, 10)]


def test_names_that_begin_with_the_text_come_before_those_that_hold_it(service: Service) -> None:
    found = [each.matched.startswith("ลายมือชื่อ") for each in service.suggest("ลายมือชื่อ", 50)]
    assert found == sorted(found, reverse=True)
    assert False in found
    assert service.suggest("   ") == service.suggest("ฮฮฮฮ") == []


def test_facets_narrow_and_their_counts_hold(service: Service) -> None:
    whole = service.browse("")
    assert whole.total > 1_500
    for facet in ("kind", "status", "year"):
        for value in whole.facets[facet]:
            assert service.browse("", {facet: [value["value"]]}).total == value["count"], value
    drafts = service.browse("", {"kind": ["standard"], "status": ["draft"]})
    assert {(entry.kind, entry.status) for entry in drafts.entries} == {("standard", "draft")}
    both = service.browse("", {"kind": ["act", "standard"]})
    assert both.total == sum(
        v["count"] for v in whole.facets["kind"] if v["value"] in ("act", "standard")
    )


def test_a_text_finds_by_name_and_by_meaning_and_pages_hold_all(service: Service) -> None:
    found = service.browse("แจ้งเหตุข้อมูลรั่ว", limit=100)
    assert "pdpa-2562/37" in [entry.ref for entry in found.entries]
    first, second = (
        service.browse("", {"kind": ["standard"]}, start, 20).entries for start in (0, 20)
    )
    assert len({entry.ref for entry in (*first, *second)}) == len(first) + len(second) == 30


@pytest.mark.parametrize("wanted", [{"kind": ["x"]}, {"colour": ["red"]}, {"year": ["1"]}])
def test_a_value_that_no_thing_has_is_refused(
    service: Service, wanted: dict[str, list[str]]
) -> None:
    with pytest.raises(InputError, match="facet"):
        service.browse("", wanted)


def test_what_is_around_a_section_leads_both_ways(service: Service) -> None:
    near = service.around("PDPA มาตรา 37")
    steps = {each.ref: each.step for each in near.neighbours}
    assert near.neighbours[0].ref == near.ref == "pdpa-2562/37"
    assert steps["pdpa-2562/24"] == 1
    assert set(steps.values()) == {-2, -1, 0, 1, 2}
    for step in (-2, -1, 1, 2):
        assert 0 < sum(value == step for value in steps.values()) <= MOST
    for relation in near.relations:
        assert relation.source in steps
        assert relation.target in steps
        assert relation.relation in RELATIONS
    assert [moment.day for moment in near.timeline] == ["2020-05-27"]
    with pytest.raises(UnknownRefError):
        service.around("mspr-999")


def test_a_law_counts_the_links_of_its_sections(service: Service) -> None:
    near = service.around("lbt-2562")
    assert "lbt-reduction-2566" in [each.ref for each in near.neighbours if each.step == -1]
    assert all("/" not in each.ref for each in near.neighbours)


def test_versions_stand_in_the_timeline_of_each_other(service: Service) -> None:
    for ref, other in (("mspr-6-2-2566", "mspr-6-2565"), ("mspr-6-2565", "mspr-6-2-2566"),
                       ("pdpc-ropa-controller-2567", "pdpc-ropa-controller-2565")):  # fmt: skip
        moments = service.around(ref).timeline
        assert other in [moment.ref for moment in moments]
        days = [moment.day or "9999" for moment in moments]
        assert days == sorted(days)
