"""The example queries: each gives what it promises, checked against the knowledge files."""

import json
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner

import ontology
import ui.cli
from graph.errors import InputError
from graph.examples import AUDIENCES, examples, find
from graph.query import run
from qa.service import Service
from ui.cli import main
from ui.sparql_functions import expander


@dataclass(frozen=True)
class Rows:
    """What an example gives: its columns, how many rows at least, and parts of one known row."""

    columns: str
    least: int
    row: dict[str, str | None] = field(default_factory=dict)
    first: bool = False


PD = ontology.PREFIXES["pd"]
DPV = ontology.PREFIXES["dpv"]
SKOS = ontology.PREFIXES["skos"]
EXPECTED = {
    "duties-with-a-deadline": Rows(
        "actor deadline stated from section action",
        40,
        {"actor": "ผู้ควบคุมข้อมูลส่วนบุคคล", "stated": "PT72H", "section": "id/pdpa-2562/37(4)", "from": "ทราบเหตุ"},
    ),
    "controller-deadlines-shortest-first": Rows(
        "deadline stated section action", 6, {"stated": "PT72H", "section": "id/pdpa-2562/37"}, first=True
    ),
    "what-changed-between-two-dates": Rows(
        "day what thing label",
        15,
        {"day": "2024-11-11", "what": "เริ่มใช้บังคับ", "thing": "id/pdpc-erasure-2567"},
    ),
    "personal-data-columns": Rows(
        "column label category definedIn ruledBy",
        34,
        {"column": "ns/tax#assessedValue", "category": PD + "Tax", "definedIn": "id/pdpa-2562/6", "ruledBy": "id/lbt-2562/35"},
    ),
    "old-standards-without-successor": Rows(
        "standard label year", 9, {"standard": "id/mrd-1-1-2564", "year": "2564"}, first=True
    ),
    "penalties-by-amount": Rows(
        "fine kind prison section breachOf",
        11,
        {"fine": "5000000", "kind": "โทษปรับทางปกครอง", "section": "id/pdpa-2562/84", "prison": None},
        first=True,
    ),
    "hearings-of-a-year": Rows(
        "standard label from until",
        5,
        {"standard": "id/mspr-6-6-2567", "from": "2024-05-21", "until": "2024-06-21"},
    ),
    "families-and-parts": Rows(
        "family part number status",
        6,
        {"family": "id/mspr-6", "part": "id/mspr-6-5-2567", "status": "concept/status/in-force"},
    ),
    "what-an-activity-must-follow": Rows(
        "level standard label addressee certainty",
        10,
        {"level": "ใช้ประกอบ", "standard": "id/digital-service-standard", "certainty": "concept/certainty/inferred"},
    ),
    "sections-for-an-activity": Rows(
        "section heading summary", 12, {"section": "id/pdpa-2562/37", "heading": "หน้าที่ของผู้ควบคุมข้อมูล"}
    ),
    "notifications-that-detail-a-section": Rows(
        "section heading instrument title",
        25,
        {"section": "id/pdpa-2562/28", "instrument": "id/pdpc-transfer-28-2566"},
    ),
    "uncertain-facts-with-notes": Rows(
        "thing statement note",
        30,
        {"statement": "id/draft-tax-semantics-2567/use/1", "note": "ยังเป็นร่าง จึงยังไม่ใช้บังคับ"},
    ),
    "facts-derived-by-rule": Rows(
        "graph rule says facts", 6, {"graph": "id/graph/derived/superseded", "rule": "id/rule/4-superseded", "facts": "4"}
    ),
    "sources-and-licences": Rows(
        "graph title licence made",
        50,
        {"graph": "id/graph/pdpa-2562", "licence": "http://www.apache.org/licenses/LICENSE-2.0"},
    ),
    "concepts-of-a-scheme": Rows(
        "concept th en broader",
        45,
        {"concept": "concept/activity/e-payment", "broader": "concept/activity/digital-service"},
    ),
    "personal-data-categories": Rows(
        "record category columns", 25, {"record": "ns/tax#Payment", "category": PD + "OfficialID", "columns": "1"}
    ),
    "tax-rates-of-a-year": Rows(
        "use from to rate law",
        26,
        {"use": "เกษตรกรรม", "from": "0", "to": "75000000", "rate": "0.01", "law": "id/lbt-rates-2564"},
    ),
    "tax-calendar": Rows("step due law", 9, {"step": "ชำระภาษี", "due": "2026-06", "law": "id/lbt-2562/14"}),
    "facts-below-certain": Rows(
        "kind certainty facts", 20, {"kind": "ns#RateBracket", "certainty": "concept/certainty/secondary", "facts": "26"}
    ),
    "search-labels": Rows(
        "concept term name section", 8, {"concept": "concept/personal-data/ropa", "section": "id/pdpa-2562/39"}
    ),
    "search-in-a-query": Rows(
        "section label deadline", 5, {"section": "id/pdpa-2562/37", "deadline": "PT72H"}
    ),
    "rank-by-similarity": Rows("section heading chance", 1, {"section": "id/eta-2544/26"}, first=True),
    "laws-by-buddhist-year": Rows("year laws", 9, {"year": "2540", "laws": "1"}, first=True),
    "citations-in-thai-digits": Rows(
        "section name heading", 96, {"section": "id/pdpa-2562/37", "name": "มาตรา ๓๗"}
    ),
    "links-to-other-vocabularies": Rows(
        "ours match theirs",
        70,
        {"ours": "concept/actor/data-subject", "match": SKOS + "exactMatch", "theirs": DPV + "DataSubject"},
    ),
    "all-that-a-section-leads-to": Rows("cited label", 12, {"cited": "id/pdpa-2562/33"}),
    "counts-per-law": Rows("law sections duties rights", 25, {"law": "id/pdpa-2562", "sections": "96"}),
    "rules-on-a-column": Rows(
        "rule severity section message", 6, {"rule": "shapes#LBT-058", "section": "id/lbt-2562/44"}
    ),
    "columns-of-a-record": Rows(
        "column label type unit codes", 30, {"column": "ns/tax#ownerType", "codes": "concept/owner-type", "unit": None}
    ),
    "superseded-and-by-what": Rows(
        "old oldLabel new newLabel until",
        2,
        {"old": "id/pdpc-ropa-controller-2565", "new": "id/pdpc-ropa-controller-2567", "until": "2025-04-08"},
    ),
    "what-people-call-a-thing": Rows(
        "term name section", 20, {"name": "processor ROPA", "section": "id/pdpc-ropa-processor-2565/3"}
    ),
    "standards-by-legal-basis": Rows(
        "law standard label certainty",
        45,
        {"law": "id/dgov-2562", "standard": "id/mrd-1-1-2564", "certainty": "concept/certainty/inferred"},
    ),
}  # fmt: skip
TRIPLES = {
    "citation-graph": (15, "id/eadmin-2565 eli:cites id/eta-2544"),
    "one-thing-with-what-belongs-to-it": (
        50,
        "id/mspr-7-2565/basis/1 ns#basis id/dgov-2562",
    ),
    "describe-a-section": (40, "id/pdpa-2562/26 eli:is_part_of id/pdpa-2562"),
}
TRUE = {"in-force-on-a-day"}


def name_of(name: str) -> str:
    return name.partition("-")[2]


def result(service: Service, name: str, form: str) -> bytes:
    return run(service.store, expander(service)(find(name).query), form)


@pytest.mark.parametrize("name", EXPECTED)
def test_rows(service: Service, name: str) -> None:
    data = json.loads(result(service, name, "json"))
    expected = EXPECTED[name]
    found = [
        {k: v["value"].removeprefix(ontology.BASE) for k, v in row.items()}
        for row in data["results"]["bindings"]
    ]
    assert data["head"]["vars"] == expected.columns.split()
    assert len(found) >= expected.least
    candidates = found[:1] if expected.first else found
    assert any(all(row.get(k) == v for k, v in expected.row.items()) for row in candidates), (
        candidates[:3]
    )


@pytest.mark.parametrize("name", TRIPLES)
def test_triples(service: Service, name: str) -> None:
    least, known = TRIPLES[name]
    lines = result(service, name, "nt").decode().splitlines()
    words = [
        f"<{ontology.PREFIXES['eli']}{word[4:]}>"
        if word.startswith("eli:")
        else f"<{ontology.BASE}{word}>"
        for word in known.split()
    ]
    assert len(lines) >= least
    assert " ".join(words) + " ." in lines


@pytest.mark.parametrize("name", TRUE)
def test_whether(service: Service, name: str) -> None:
    assert json.loads(result(service, name, "json"))["boolean"] is True


def test_in_force_is_told_from_not_yet(service: Service) -> None:
    query = find("in-force-on-a-day").query.replace("2024-01-01", "2022-12-14")
    assert json.loads(run(service.store, query))["boolean"] is False


def test_ropa_was_not_in_force_for_controllers_of_no_known_start(service: Service) -> None:
    """The first day of the notification of 2565 is not known, so nothing is claimed of it."""
    query = find("in-force-on-a-day").query.replace("pdpc-breach-2565", "pdpc-ropa-controller-2565")
    assert json.loads(run(service.store, query))["boolean"] is False


def test_every_example_is_tested_and_says_what_it_is_for() -> None:
    names = [example.name for example in examples()]
    assert len(names) >= 30
    assert [int(name.partition("-")[0]) for name in names] == list(range(1, len(names) + 1))
    assert {name_of(name) for name in names} == {*EXPECTED, *TRIPLES, *TRUE}
    for example in examples():
        assert example.audience in AUDIENCES
        assert example.title_th
        assert example.title_en
        assert example.answers
    assert {example.audience for example in examples()} == set(AUDIENCES)


def test_an_example_is_found_by_name_and_number() -> None:
    assert find("7") == find("07") == find("hearings-of-a-year") == find("07-hearings-of-a-year")
    with pytest.raises(InputError, match="--examples"):
        find("nothing")


def test_the_command_lists_and_runs_them(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    monkeypatch.setattr(ui.cli, "_service", lambda: service)

    def command(*arguments: str) -> str:
        run = CliRunner().invoke(main, ["query", *arguments])
        assert run.exit_code == 0, run.output
        return run.stdout

    listed = command("--examples")
    assert all(example.name in listed and example.title_th in listed for example in examples())
    assert "PT72H" in command("example:search-in-a-query", "--format", "csv")
    # Triples come as Turtle where a table was not refused by hand.
    assert "eli:cites" in command("example:citation-graph")
    standard = command("example:search-in-a-query", "--standard")
    assert "VALUES ?section { <https://w3id.org/mattra/id/" in standard
    assert "m:search (" not in standard


def test_the_command_names_a_misused_function(
    monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    monkeypatch.setattr(ui.cli, "_service", lambda: service)
    run = CliRunner().invoke(main, ["query", "SELECT (m:beYear() AS ?y) {}"])
    assert run.exit_code == 2
    assert "m:beYear" in run.stderr
    assert run.stderr.count("\n") == 2


def test_the_index_is_built_only_for_a_query_that_searches() -> None:
    service = Service()
    expander(service)("SELECT (m:beYear(?d) AS ?y) { ?s eli:date_publication ?d }")
    assert "retriever" not in vars(service)
    assert "store" not in vars(service)
