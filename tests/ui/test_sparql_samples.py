"""The samples of docs/sparql.md, run as they stand there against a server in its own process."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import ontology
from graph.examples import examples
from graph.functions import FUNCTIONS, SEARCH
from graph.query import run
from qa.service import Service
from tests.ui.serving_process import Served
from ui.sparql_functions import expander

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:7860"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", TEXT, re.M | re.S)
CURL = [code.removeprefix("$ ") for language, code, _ in BLOCKS if language == "console"]
PROGRAMS = [(language, code, out) for language, code, out in BLOCKS if out]
QUERIES = [code for language, code, _ in BLOCKS if language == "sparql"]


def command_of(language: str, code: str) -> list[str]:
    if language == "python":
        return [sys.executable, "-W", "error::SyntaxWarning", "-c", code]
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to run JavaScript with: apt-get install nodejs")
    return [node, "--input-type=module", "-e", code]


def output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("code", CURL)
def test_curl(server: Served, code: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl: apt-get install curl")
    # The command goes on while its lines are indented; what is printed follows.
    lines = code.splitlines()
    end = next((n for n, line in enumerate(lines) if n and not line.startswith(" ")), len(lines))
    command = "\n".join(lines[:end]).replace(ADDRESS, server.url)
    assert output(["bash", "-c", command]).replace("\r", "").splitlines() == lines[end:]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "code", "expected"), PROGRAMS)
def test_a_program(server: Served, language: str, code: str, expected: str) -> None:
    assert output(command_of(language, code.replace(ADDRESS, server.url))) == expected


@pytest.mark.slow
def test_the_service_description_tells_of_each_function(server: Served) -> None:
    told = httpx.get(f"{server.url}/sparql", headers={"Accept": "application/n-triples"}).text
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for name in FUNCTIONS:
        assert f"<{sd}extensionFunction> <{ontology.NS}{name}> ." in told
    assert f"<{sd}propertyFeature> <{ontology.NS}{SEARCH}> ." in told
    assert '"Buddhist year"@en' in told
    assert '"ปีพุทธศักราช"@th' in told


@pytest.mark.slow
def test_the_endpoint_answers_each_example_as_the_engine_does(
    server: Served, service: Service
) -> None:
    with httpx.Client(timeout=60) as client:
        for example in examples():
            accept = {"Accept": "text/csv, application/n-triples;q=0.9"}
            data = {"query": example.query}
            answer = client.post(f"{server.url}/sparql", data=data, headers=accept)
            assert answer.status_code == 200, (example.name, answer.text)
            form = "nt" if "n-triples" in answer.headers["content-type"] else "csv"
            query = expander(service)(example.query)
            expected = run(service.store, query, form).decode()
            # Each store says when its own graphs were made; GROUP_CONCAT has no order.
            made = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
            told, known = (
                sorted(re.split(r'[\s,"]+', made.sub("", text))) for text in (answer.text, expected)
            )
            assert told == known, example.name


def test_there_is_a_sample_of_each_kind() -> None:
    assert len(CURL) >= 3
    assert [language for language, _, _ in PROGRAMS] == ["python", "python", "javascript"]
    assert "import httpx" in PROGRAMS[0][1]
    assert "SPARQLWrapper" in PROGRAMS[1][1]
    assert "fetch(" in PROGRAMS[2][1]


@pytest.mark.parametrize("query", QUERIES)
def test_a_documented_query_has_rows(service: Service, query: str) -> None:
    rows = run(service.store, expander(service)(query), "csv").splitlines()
    assert len(rows) > 1


def test_each_function_has_an_example() -> None:
    for name in (*FUNCTIONS, SEARCH):
        assert any(f"m:{name}" in query for query in QUERIES), name


def test_the_list_of_examples_is_whole() -> None:
    for example in examples():
        row = (
            f"| `{example.number}` | `{example.name.partition('-')[2]}` | {example.title_th} "
            f"| {example.title_en}: {example.answers} | {example.audience} |"
        )
        assert row in TEXT, row
    assert TEXT.count("| policy |\n") + TEXT.count("| developer |\n") + TEXT.count(
        "| integrator |\n"
    ) == len(examples())
