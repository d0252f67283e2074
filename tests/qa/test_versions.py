"""Two versions side by side, of made-up texts and of the shipped knowledge."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from graph.errors import InputError, UnknownRefError
from graph.things import Thing
from qa.service import Service
from qa.versions import Versions, compare_versions, differences

LAW = "pdpc-dpo-state-2568"


def _texts(service: Service, texts: dict[str, dict[str, str]]) -> Callable[[str], Thing]:
    """Return laws ``one`` and ``two`` whose sections have official texts, by number."""
    law = service.show(LAW)
    section = replace(service.show(f"{LAW}/1"), summary="", norms=[])

    def describe(ref: str) -> Thing:
        name, _, number = ref.partition("/")
        if number:
            text = texts[name][number]
            return replace(section, ref=ref, number=number, official_text=text)
        parts = [replace(law.parts[0], ref=f"{name}/{number}") for number in texts[name]]
        return replace(law, ref=name, parts=parts)

    return describe


def _sections(found: Versions) -> list[tuple[str, str, str]]:
    return [(c.change, c.before, c.after) for c in found.changes if c.kind == "official-text"]


def test_an_amendment_leaves_removes_adds_and_changes_sections(service: Service) -> None:
    same, other = "ให้ผู้ควบคุมข้อมูลแจ้งเหตุต่อสำนักงาน", "ให้นายทะเบียนออกใบอนุญาตแก่ผู้ยื่นคำขอ"
    describe = _texts(service, {
        "one": {"1": same, "2": "ต้องยื่นภายในสามสิบวันนับแต่วันรับคำสั่ง", "3": other},
        "two": {"1": same, "2": "ต้องยื่นภายในสิบห้าวันนับแต่วันรับคำสั่ง", "2/1": "คณะกรรมการประชุมปีละสองครั้ง"},
    })  # fmt: skip
    found = compare_versions(describe, "one", "two")
    assert _sections(found) == [
        ("same", "one/1", "two/1"), ("changed", "one/2", "two/2"), ("added", "", "two/2/1"),
        ("removed", "one/3", ""),
    ]  # fmt: skip
    changed = next(c for c in found.changes if c.after == "two/2")
    assert [p.text for p in changed.pieces if p.mark == "removed"] == ["สามสิบ"]
    assert [p.text for p in changed.pieces if p.mark == "added"] == ["สิบห้า"]
    assert found.counts["added"] == found.counts["removed"] == 1


def test_sections_that_are_numbered_anew_are_still_paired(service: Service) -> None:
    texts = ["ให้ผู้ควบคุมข้อมูลแจ้งเหตุต่อสำนักงาน", "ต้องยื่นภายในสามสิบวันนับแต่วันรับคำสั่ง"]
    describe = _texts(service, {
        "one": {"1": texts[0], "2": texts[1]},
        "two": {"1": "ในกฎหมายนี้ นายทะเบียนหมายความว่าผู้ซึ่งรัฐมนตรีแต่งตั้ง", "2": texts[0], "3": texts[1]},
    })  # fmt: skip
    assert _sections(compare_versions(describe, "one", "two")) == [
        ("added", "", "two/1"), ("same", "one/1", "two/2"), ("same", "one/2", "two/3"),
    ]  # fmt: skip


@pytest.mark.parametrize("both", ["ภายใน 30 วัน", "", "ก ข\nค", "a <b> c", "ให้ทำ ให้ทำ ให้ทำ"])
@pytest.mark.parametrize("other", ["ภายใน 15 วัน", "", "ก ค", "ให้ทำ"])
def test_the_pieces_make_up_both_texts(both: str, other: str) -> None:
    pieces = differences(both, other)
    assert "".join(p.text for p in pieces if p.mark != "added") == both
    assert "".join(p.text for p in pieces if p.mark != "removed") == other
    assert all(a.mark != b.mark for a, b in pairwise(pieces))


def test_official_text_is_never_set_against_our_summary(service: Service) -> None:
    ours, theirs = service.show(f"{LAW}/1"), service.show(f"{LAW}/2")
    official = replace(theirs, summary="", norms=[], official_text="ข้อความ")
    things = {
        "one": replace(ours, ref="one", official_text=""),
        "two": replace(official, ref="two"),
    }
    found = compare_versions(things.__getitem__, "one", "two").changes[-1]
    assert (found.change, found.pieces) == ("unknown", [])


def test_the_version_that_was_replaced_is_found_and_named_as_such(service: Service) -> None:
    found = service.compare("มสพร. 11-2566")
    assert (found.before.ref, found.relation) == ("website-standard-2-2560", "superseded")
    assert found.differ
    assert {"ชื่อ", "สถานะ", "เนื้อหา"} <= {c.part for c in found.changes if c.change == "changed"}
    assert {c.kind for c in found.changes} == {"fact", "summary"}


def test_a_second_issue_is_not_said_to_replace_the_first(service: Service) -> None:
    found = service.compare(LAW, "pdpc-dpo-state-2566")
    assert found.relation == "none"
    term = next(c for c in found.changes if c.after == f"{LAW}/2")
    assert term.part.startswith("ข้อ 2 ")
    assert [(p.mark, p.text) for p in term.pieces[1:3]] == [("removed", "90"), ("added", "60")]


@pytest.mark.parametrize(
    ("name", "before", "said"),
    [
        (LAW, LAW, "both sides"),
        ("mspr-7-2565", "", "no earlier version"),
        ("mspr-7-2565", "pdpa-2562/37", "cannot be compared"),
        ("concept/actor/court", "concept/actor/dpo", "cannot be compared"),
    ],
)
def test_what_cannot_be_compared_is_said(
    service: Service, name: str, before: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        service.compare(name, before)
    assert said in caught.value.en


def test_an_unknown_version_is_said(service: Service) -> None:
    with pytest.raises(UnknownRefError):
        service.compare(LAW, "no-such-law-2599")
