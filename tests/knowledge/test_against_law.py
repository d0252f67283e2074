"""The shipped sections against the official texts: all there, every figure found, cites equal."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from pythainlp.tokenize import word_tokenize
from pythainlp.util import num_to_thaiword
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

import ontology
from graph.statements import NORM_KINDS
from tests.knowledge.official import (
    FILES,
    extracted,
    official_texts,
    parts_of,
    sections_of,
    shipped,
)

M = ontology.NS
ELI = ontology.PREFIXES["eli"]
SUMS = ("amount", "rate", "fineMax", "administrativeFineMax", "dailyFineMax")
TERMS = ("imprisonmentMax",)
UNITS = {"Y": ("ปี",), "M": ("เดือน",), "D": ("วัน",), "H": ("ชั่วโมง",)}
COPIED = 60
WORDS = 12
OURS = ("summary", "action", "trigger", "exception", "deadlineFrom", "definition", "note")
ROOT = Path(__file__).parents[2]


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
    acts = {str(o) for o in shipped().objects(None, URIRef(ELI + "is_part_of"))}
    named = {a.removeprefix(ontology.ID) for a in acts if "/" not in a.removeprefix(ontology.ID)}
    assert named == set(FILES)


@pytest.mark.parametrize("ref", FILES)
def test_no_section_is_missing_and_none_invented(shared: Path, ref: str) -> None:
    assert set(sections_of(ref)) == set(official_texts(shared, ref))


@pytest.mark.parametrize("ref", FILES)
def test_every_number_stands_in_the_official_section(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in sections_of(ref).items():
        text = official_texts(shared, ref)[number]
        for part in parts_of(section):
            for predicate, value in shipped().predicate_objects(part):
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
    for number, section in sections_of(ref).items():
        text = official_texts(shared, ref)[number]
        for part in parts_of(section):
            for predicate in ("deadline", "frequency"):
                for value in shipped().objects(part, URIRef(M + predicate)):
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
    assert seen >= 1 or len(sections_of(ref)) < 15


@pytest.mark.parametrize("ref", FILES)
def test_every_sum_rate_and_penalty_stands_in_the_official_section(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in sections_of(ref).items():
        text = official_texts(shared, ref)[number]
        for part in parts_of(section):
            values = {name: shipped().value(part, URIRef(M + name)) for name in (*SUMS, *TERMS)}
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


@pytest.mark.parametrize("ref", FILES)
def test_citations_are_those_that_the_importer_reads(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in sections_of(ref).items():
        read = {c.ref(ref).partition("(")[0] for c in extracted(shared, ref)[number].citations}
        named = {place for place in read if place.partition("/")[0] in FILES and "/" in place}
        cited = {ontology.ref(str(o)) for o in shipped().objects(section, URIRef(ELI + "cites"))}
        sections = {place for place in cited if "/" in place}
        if named != sections:
            wrong.append((number, sorted(named - sections), sorted(sections - named)))
    assert wrong == []


def test_days_of_entry_into_force_follow_from_publication() -> None:
    """Digital Government Act s.2: the day after; e-Administration Act s.2: 90 days, some the day after."""
    graph = shipped()

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
        for section in sections_of(ref).values():
            assert shipped().value(section, DCTERMS.source) is not None


@pytest.mark.parametrize("ref", FILES)
def test_every_section_that_binds_or_grants_has_its_questions(ref: str) -> None:
    """Two at least, a formal and an everyday one; who is in charge of a law needs but one."""
    few = []
    for number, section in sections_of(ref).items():
        kinds = {str(k) for part in parts_of(section) for k in shipped().objects(part, RDF.type)}
        binds = kinds & {M + name for name in NORM_KINDS if name != "Definition"}
        titles = {str(title) for title in shipped().objects(section, DCTERMS.title)}
        questions = list(shipped().objects(section, URIRef(M + "sampleQuestion")))
        if binds and len(questions) < (1 if "ผู้รักษาการ" in titles else 2):
            few.append(number)
    assert few == []


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
    for s, p, value in shipped():
        name = str(p).rpartition("#")[2].rpartition("/")[2]
        if isinstance(value, Literal) and name not in ("title", "prefLabel", "altLabel"):
            text = packed(str(value))
            if any(hash(text[i : i + COPIED]) in runs for i in range(len(text) - COPIED + 1)):
                copied.append((str(s), name, str(value)))
    assert copied == []


@pytest.mark.slow
def test_no_twelve_words_in_a_row_are_copied(shared: Path) -> None:
    """A run of words counts where it is long enough to be a sentence: names of bodies are not."""

    def words(text: str) -> list[str]:
        plain = re.sub(r"[0-9๐-๙()“”\"]+", " ", text)
        return [w for w in word_tokenize(plain, engine="newmm", keep_whitespace=False) if w.strip()]

    runs: set[tuple[str, ...]] = set()
    for ref in FILES:
        for text in official_texts(shared, ref).values():
            spoken = words(text)
            runs.update(tuple(spoken[i : i + WORDS]) for i in range(len(spoken) - WORDS + 1))
    copied = []
    for s, p, value in shipped():
        name = str(p).rpartition("#")[2].rpartition("/")[2]
        if isinstance(value, Literal) and name in OURS and value.language == "th":
            spoken = words(str(value))
            for i in range(len(spoken) - WORDS + 1):
                run = tuple(spoken[i : i + WORDS])
                if run in runs and len("".join(run)) >= COPIED:
                    copied.append((str(s), name, "".join(run)))
                    break
    assert copied == []
