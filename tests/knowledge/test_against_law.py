"""The shipped sections against the official texts: all there, every figure found, cites equal."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pythainlp.util import num_to_thaiword
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

import ontology
from graph.store import open_store
from ingest.law.facts import Facts
from ingest.law.ingesting import known_actors, known_laws
from ingest.law.reading import read_law
from ontology.reasoning import knowledge

M = ontology.NS
ELI = ontology.PREFIXES["eli"]
FILES = {
    "dgov-2562": "dgov_act_2562",
    "eadmin-2565": "eadmin_act_2565",
    "pdpa-2562": "pdpa_2562",
    "lbt-2562": "land_building_tax_act_2562",
    "lbt-reduction-2566": "ltax_reduction_decree_no3_2566",
    "lbt-exempt-2566": "ltax_exempt_assets_mr_no2_2566",
    "lbt-extension-2566": "ltax_moi_extension_2566",
    "pdpa-exempt-2566": "pdpa_2566_royal_decree_exemption",
    "digital-id-2565": "eta_digital_id_decree_2565",
    "eta-2544": "eta_2544",
    "oia-2540": "official_information_act_2540",
    "pdpc-breach-2565": "pdpc_2565_breach_notification",
    "pdpc-security-2565": "pdpc_2565_security_measures",
    "pdpc-ropa-processor-2565": "pdpc_2565_ropa_processor",
    "pdpc-dpo-state-2566": "pdpc_2566_dpo_state_agencies",
    "pdpc-dpo-state-2568": "pdpc_2568_dpo_state_agencies_no2",
    "pdpc-dpo-2566": "pdpc_2566_dpo_s41_2",
    "pdpc-transfer-28-2566": "pdpc_2566_cross_border_s28",
    "pdpc-transfer-29-2566": "pdpc_2566_cross_border_s29",
    "pdpc-research-2566": "pdpc_2566_research_statistics",
    "pdpc-criminal-2566": "pdpc_2566_criminal_records",
    "pdpc-erasure-2567": "pdpc_2567_erasure_anonymization",
    "pdpc-ropa-controller-2567": "pdpc_2567_ropa_exemption_controller",
    "pdpc-ropa-exempt-processor-2567": "pdpc_2567_ropa_exemption_processor",
    "pdpc-expert-2566": "pdpc_2566_expert_committee_orders",
    "dgs3-2566": "dgs3_announcement_2566",
    "dgs4-2566": "dgs4_announcement_2566",
    "dgs5-2566": "dgs5_announcement_2566",
    "central-platform-2565": "dgov_central_platform_2565",
}
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SUMS = ("amount", "rate", "fineMax", "administrativeFineMax", "dailyFineMax")
TERMS = ("imprisonmentMax",)
UNITS = {"Y": ("ปี",), "M": ("เดือน",), "D": ("วัน",), "H": ("ชั่วโมง",)}
COPIED = 60
ROOT = Path(__file__).parents[2]


@cache
def _texts(folder: Path, ref: str) -> dict[str, str]:
    data = json.loads((folder / "law" / f"{FILES[ref]}.json").read_text(encoding="utf-8"))
    return {
        s["number"]: (s.get("text_repaired") or s["text"]).translate(DIGITS)
        for s in data["sections"]
    }


@cache
def _graph() -> Graph:
    # rdflib would turn PT72H into P3D, which no section says.
    rdflib.NORMALIZE_LITERALS = False
    try:
        return knowledge()
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _sections(ref: str) -> dict[str, URIRef]:
    found = {}
    for node in _graph().subjects(RDF.type, URIRef(M + "Section")):
        if str(node).startswith(f"{ontology.ID}{ref}/"):
            found[str(_graph().value(node, URIRef(ELI + "number")))] = URIRef(str(node))
    return found


def _parts(section: URIRef) -> Iterator[URIRef]:
    """Yield a section, its items, the norms of both, and the terms they define."""
    graph = _graph()
    places = [section, *graph.subjects(URIRef(ELI + "is_part_of"), section)]
    yield from (URIRef(str(place)) for place in places)
    for place in places:
        for norm in graph.subjects(URIRef(M + "statedIn"), place):
            yield URIRef(str(norm))
            yield from (URIRef(str(c)) for c in graph.objects(norm, URIRef(M + "defines")))


def _has_number(text: str, number: str) -> bool:
    whole, _, decimals = number.partition(".")
    spoken = num_to_thaiword(int(whole))
    if decimals:
        spoken += "จุด" + "".join(num_to_thaiword(int(digit)) for digit in decimals)
    plain = text.replace(",", "")
    return re.search(
        rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", plain
    ) is not None or spoken in text.replace(" ", "")


def test_every_act_with_sections_is_checked() -> None:
    acts = {str(o) for o in _graph().objects(None, URIRef(ELI + "is_part_of"))}
    named = {a.removeprefix(ontology.ID) for a in acts if "/" not in a.removeprefix(ontology.ID)}
    assert named == set(FILES)


@pytest.mark.parametrize("ref", FILES)
def test_no_section_is_missing_and_none_invented(shared: Path, ref: str) -> None:
    assert set(_sections(ref)) == set(_texts(shared, ref))


@pytest.mark.parametrize("ref", FILES)
def test_every_number_stands_in_the_official_section(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in _sections(ref).items():
        text = _texts(shared, ref)[number]
        for part in _parts(section):
            for predicate, value in _graph().predicate_objects(part):
                name = str(predicate).rpartition("#")[2].rpartition("/")[2]
                if not isinstance(value, Literal) or value.language != "th":
                    continue
                if name in ("sampleQuestion", "note", "prefLabel", "altLabel"):
                    continue
                wrong += [
                    (number, name, figure, str(value))
                    for figure in re.findall(r"\d+(?:\.\d+)?", str(value).replace(",", ""))
                    if not _has_number(text, figure)
                ]
    assert wrong == []


@pytest.mark.parametrize("ref", FILES)
def test_every_time_limit_stands_in_the_official_section(shared: Path, ref: str) -> None:
    wrong, seen = [], 0
    for number, section in _sections(ref).items():
        text = _texts(shared, ref)[number]
        for part in _parts(section):
            for predicate in ("deadline", "frequency"):
                for value in _graph().objects(part, URIRef(M + predicate)):
                    seen += 1
                    match = re.fullmatch(r"PT?(\d+)([YMDH])", str(value))
                    assert match, value
                    count = int(match[1])
                    words = [num_to_thaiword(count), str(count)]
                    units = UNITS[match[2]]
                    stated = any(
                        f"{w}{s}{u}" in text for w in words for u in units for s in ("", " ")
                    )
                    # "ปีละหนึ่งครั้ง" says once a year without the words "one year".
                    yearly = str(value) == "P1Y" and re.search("ปีละหนึ่งครั้ง|ทุกปี|ประจำปี", text)
                    if not (stated or yearly):
                        wrong.append((number, predicate, str(value)))
    assert wrong == []
    assert seen >= 1 or len(_sections(ref)) < 15


@pytest.mark.parametrize("ref", FILES)
def test_every_sum_rate_and_penalty_stands_in_the_official_section(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in _sections(ref).items():
        text = _texts(shared, ref)[number]
        for part in _parts(section):
            values = {name: _graph().value(part, URIRef(M + name)) for name in (*SUMS, *TERMS)}
            for name, value in values.items():
                if value is None:
                    continue
                if name in SUMS:
                    stated = _has_number(text, f"{float(str(value)):.10g}")
                else:
                    match = re.fullmatch(r"P(\d+)([YMD])", str(value))
                    assert match, value
                    stated = num_to_thaiword(int(match[1])) + UNITS[match[2]][0] in text
                if not stated:
                    wrong.append((number, name, str(value)))
            both = values["imprisonmentMax"] is not None and values["fineMax"] is not None
            if both and "ทั้งจำทั้งปรับ" not in text:
                wrong.append((number, "both", ""))
    assert wrong == []


@cache
def _extracted(folder: Path, ref: str) -> dict[str, Facts]:
    store = open_store()
    path = folder / "law" / f"{FILES[ref]}.json"
    return read_law(path, known_laws(store), known_actors(store)).facts


@pytest.mark.parametrize("ref", FILES)
def test_citations_are_those_that_the_importer_reads(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in _sections(ref).items():
        read = {c.ref(ref).partition("(")[0] for c in _extracted(shared, ref)[number].citations}
        named = {place for place in read if place.partition("/")[0] in FILES and "/" in place}
        cited = {ontology.ref(str(o)) for o in _graph().objects(section, URIRef(ELI + "cites"))}
        sections = {place for place in cited if "/" in place}
        if named != sections:
            wrong.append((number, sorted(named - sections), sorted(sections - named)))
    assert wrong == []


def test_days_of_entry_into_force_follow_from_publication() -> None:
    """Digital Government Act s.2: the day after; e-Administration Act s.2: 90 days, some the day after."""
    graph = _graph()

    def published(ref: str) -> date:
        return date.fromisoformat(
            str(graph.value(URIRef(ontology.ID + ref), URIRef(ELI + "date_publication")))
        )

    def in_force(ref: str) -> date:
        node = URIRef(ontology.ID + ref)
        return date.fromisoformat(str(graph.value(node, URIRef(ELI + "first_date_entry_in_force"))))

    assert in_force("dgov-2562") == published("dgov-2562") + timedelta(days=1)
    start = published("eadmin-2565")
    assert in_force("eadmin-2565") == start + timedelta(days=90)
    for number in range(1, 25):
        days = 1 if number in (12, 19, 22) else 90
        assert in_force(f"eadmin-2565/{number}") == start + timedelta(days=days), number


def test_every_section_has_its_source(shared: Path) -> None:
    for ref in FILES:
        for section in _sections(ref).values():
            assert _graph().value(section, DCTERMS.source) is not None


@pytest.mark.slow
def test_no_words_of_an_official_text_are_copied(shared: Path) -> None:
    def packed(text: str) -> str:
        return re.sub(r"[\s0-9๐-๙]+", "", text)

    runs: set[int] = set()
    for file in sorted((shared / "law").glob("*.json")):
        for section in json.loads(file.read_text(encoding="utf-8")).get("sections", []):
            text = packed(section.get("text_repaired") or section.get("text") or "")
            runs.update(hash(text[i : i + COPIED]) for i in range(len(text) - COPIED + 1))
    copied = []
    for s, p, value in _graph():
        name = str(p).rpartition("#")[2].rpartition("/")[2]
        if isinstance(value, Literal) and name not in ("title", "prefLabel", "altLabel"):
            text = packed(str(value))
            if any(hash(text[i : i + COPIED]) in runs for i in range(len(text) - COPIED + 1)):
                copied.append((str(s), name, str(value)))
    assert copied == []
