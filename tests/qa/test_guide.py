"""The checklist of the guided path: what the graph says, and what it owns not to know."""

from datetime import date

import pytest
from pyoxigraph import NamedNode

import ontology
from graph.errors import InputError
from graph.view import View
from qa.guide import Asked, Checklist
from qa.guide.choices import read_day
from qa.guide.model import GROUPS, Item
from qa.service import Service

DAY = "2026-01-31"


def _item(found: Checklist, ref: str) -> Item:
    return next(item for item in found.items if item.ref == ref)


def _guide(service: Service, agency: str, *activities: str, day: str = DAY) -> Checklist:
    return service.guide(Asked(agency, activities, day=day))


def test_a_duty_is_a_must_with_its_actor_source_and_path(service: Service) -> None:
    item = _item(_guide(service, "central", "contact-channel"), "eadmin-2565/20")
    assert (item.group, item.level, item.state) == ("must", "must", "in-force")
    assert (item.begins, item.begins_as) == ("2023-01-10", "in-force")
    task = item.tasks[0]
    assert (task.kind, task.deadline, task.whose) == ("Duty", "P90D", "own")
    assert "90 วัน" in task.time.th
    assert "หัวหน้าหน่วยงานของรัฐ" in task.actor.th
    assert item.source
    assert item.certainty == "stated"
    assert item.path[0].subject == "เปิดช่องทางติดต่อราชการทางอิเล็กทรอนิกส์"
    assert item.checks == []


def test_every_group_holds_only_what_belongs_there(service: Service) -> None:
    every = [option.value for option in service.guide_choices().activities]
    for agency in ("central", "court", "university", ""):
        found = _guide(service, agency, *every)
        assert {item.group for item in found.items} == set(GROUPS)
        assert sum(found.counts.values()) == len(found.items)
        for item in found.items:
            if item.group in ("must", "should", "informative"):
                assert item.state == "in-force", item.ref
                assert item.level == item.group, item.ref
            if item.group == "must" and item.kind == "section":
                assert {"Duty", "Prohibition"} & {task.kind for task in item.tasks}, item.ref
            if item.group == "check":
                assert item.checks, item.ref
            if item.status in ("draft", "superseded"):
                assert item.group in ("not-now", "check"), item.ref


@pytest.mark.parametrize(
    ("agency", "extent", "group"),
    [
        ("central", "bound", "must"), ("local", "bound", "must"), ("pao", "bound", "must"),
        ("public-organisation", "bound", "must"), ("state-enterprise", "bound", "must"),
        ("state-company", "not-bound", "check"), ("court", "not-bound", "check"),
        ("parliament", "not-bound", "check"), ("constitutional", "not-bound", "check"),
        ("prosecutor", "not-bound", "check"), ("university", "unknown", "check"),
        ("independent", "unknown", "check"), ("professional-council", "unknown", "check"),
    ],
)  # fmt: skip
def test_whom_the_e_administration_act_binds(
    service: Service, agency: str, extent: str, group: str
) -> None:
    item = _item(_guide(service, agency, "contact-channel"), "eadmin-2565/20")
    assert [law.extent for law in item.bound] == [extent]
    assert item.group == group
    assert bool(item.checks) == (group == "check")


def test_a_provincial_organisation_is_no_local_government_of_the_land_tax(service: Service) -> None:
    local = _item(_guide(service, "local", "collect-land-tax"), "lbt-2562/7")
    assert local.group in ("must", "informative")
    pao = [
        i for i in _guide(service, "pao", "collect-land-tax").items if i.ref.startswith("lbt-2562/")
    ]
    assert pao
    assert {item.group for item in pao if item.level == "must" and item.bound} <= {"check"}
    assert all(law.extent == "not-bound" for item in pao for law in item.bound)


def test_personal_data_binds_whoever_is_controller(service: Service) -> None:
    found = service.guide(Asked("university", data=["people"], day=DAY))
    item = _item(found, "pdpa-2562/23")
    assert item.group == "must"
    assert {task.whose for task in item.tasks} == {"capacity"}
    assert item.tasks[0].actor.th == "ผู้ควบคุมข้อมูลส่วนบุคคล"
    assert item.path[0].relation == "เกี่ยวกับ"


def test_before_june_2565_personal_data_is_to_be_looked_up(service: Service) -> None:
    early = service.guide(Asked("central", data=["people"], day="2022-05-31"))
    assert _item(early, "pdpa-2562/23").group == "check"
    assert "31 พฤษภาคม 2565" in _item(early, "pdpa-2562/23").checks[0].th
    later = service.guide(Asked("central", data=["people"], day="2022-06-01"))
    assert _item(later, "pdpa-2562/23").group == "must"


def test_chapter_4_of_the_transactions_act_gives_way(service: Service) -> None:
    before = _item(_guide(service, "central", "e-payment", day="2023-01-09"), "eta-2544/35")
    assert before.group == "must"
    after = _item(_guide(service, "central", "e-payment", day="2023-01-10"), "eta-2544/35")
    assert after.group == "check"
    assert "คณะรัฐมนตรี" in after.checks[0].th


@pytest.mark.parametrize(
    ("ref", "activity", "day", "state", "group"),
    [
        ("eadmin-2565/20", "contact-channel", "2023-01-09", "not-yet", "not-now"),
        ("eadmin-2565/20", "contact-channel", "2023-01-10", "in-force", "must"),
        ("mrd-1-1-2564", "identity-proofing", "2023-10-10", "not-yet", "not-now"),
        ("mrd-1-1-2564", "identity-proofing", "2023-10-11", "in-force", "must"),
        ("mspr-6-6-2567", "e-payment", "2024-09-19", "not-yet", "not-now"),
        ("mspr-7-2565", "e-signature", "2022-06-01", "unknown", "check"),
        ("mspr-7-2565", "e-signature", "2022-12-31", "in-force", "should"),
        ("mrd-8-2567", "open-data", "2024-01-01", "unknown", "check"),
        ("mrd-8-2567", "open-data", DAY, "in-force", "must"),
        ("draft-anonymization-2567", "anonymization", DAY, "draft", "not-now"),
        ("website-standard-2-2560", "website", DAY, "superseded", "not-now"),
        ("website-standard-2-2560", "website", "2020-01-01", "unknown", "check"),
        ("cloud-data-classification-2567", "cloud-use", DAY, "published", "check"),
    ],
)  # fmt: skip
def test_the_state_on_a_day(
    service: Service, ref: str, activity: str, day: str, state: str, group: str
) -> None:
    item = _item(_guide(service, "central", activity, day=day), ref)
    assert (item.state, item.group) == (state, group)


def test_a_description_fills_the_choices_it_names(service: Service) -> None:
    found = service.guide(
        Asked(description="เทศบาลจะรับชำระค่าธรรมเนียมออนไลน์ทางเว็บไซต์ โดยเก็บข้อมูลประชาชน")
    )
    assert found.agency is not None
    assert found.agency.value == "local"
    assert "e-payment" in {option.value for option in found.activities}
    assert {option.value for option in found.channels} == {"website"}
    assert {option.value for option in found.data} == {"people"}
    assert service.guide(Asked("local", *_again(found))).items == found.items


def _again(found: Checklist) -> tuple[list[str], list[str], list[str], str]:
    chosen = (found.activities, found.data, found.channels)
    names = [[option.value for option in options] for options in chosen]
    return names[0], names[1], names[2], found.day


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(), "ยังไม่ได้เลือกงาน"),
        (Asked("central", day=DAY), "ยังไม่ได้เลือกงาน"),
        (Asked(activities=["nosuch"]), "«nosuch»"),
        (Asked("<b>", ["e-payment"]), "«<b>»"),
        (Asked(activities=["e-payment"], day="31/2/2569"), "ไม่ใช่วันที่"),
        (Asked(activities=["e-payment"], day="เมื่อวาน"), "ไม่ใช่วันที่"),
        (Asked(description="ปลูกทุเรียนบนดาวอังคาร"), "คำบรรยาย"),
    ],
)
def test_what_cannot_be_used_is_refused(service: Service, asked: Asked, said: str) -> None:
    with pytest.raises(InputError) as refused:
        service.guide(asked)
    assert said in refused.value.th
    assert refused.value.en


@pytest.mark.parametrize(
    "text",
    ["2026-01-31", "2569-01-31", "31/1/2569", "๓๑/๑/๒๕๖๙", "31 ม.ค. 2569", " 31 มกราคม 2569 "],
)
def test_a_day_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 1, 31)


def test_every_coverage_names_a_law_and_the_section_that_says_so(service: Service) -> None:
    view = View(service.store)
    stated = view.subjects("rdf:type", NamedNode(ontology.NS + "Coverage"))
    assert len(stated) > 40
    for node in stated:
        for name in ("m:coverageOf", "dcterms:source", "m:extent", "m:certainty"):
            assert len(view.nodes(node, name)) == 1, (node, name)
        section = view.nodes(node, "dcterms:source")[0]
        assert ontology.ref(section.value) in service.retriever.things, node


def test_every_choice_that_involves_something_leads_to_it(service: Service) -> None:
    offer = service.guide_choices()
    for asked in (
        *(Asked(data=[option.value], day=DAY) for option in offer.data if option.value != "none"),
        *(Asked(channels=[o.value], day=DAY) for o in offer.channels if o.value != "counter"),
        *(Asked(activities=[option.value], day=DAY) for option in offer.activities),
    ):
        assert service.guide(asked).items, asked
