"""The W3C SPARQL 1.1 suite, asked of our endpoint over HTTP.

All the data is in one store, each file a graph named by its address; a test asks for its graphs by
the protocol's parameters, so that these are tested along.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store

from tests.ui.sparql.conftest import HERE, Server, running
from tests.ui.sparql.w3c import ACCEPT, Case, cases, same

pytestmark = pytest.mark.slow
GROUPS = [
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping",
    "negation", "project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res",
    "json-res",
]  # fmt: skip
KNOWN = tomllib.loads((HERE / "known_differences.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    folder = shared / "w3c" / "sparql11"
    if not folder.is_dir():
        pytest.skip("no W3C suite: MATTRA_SHARED has no w3c/sparql11")
    return folder


@pytest.fixture(scope="module")
def w3c_server(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over all data of the suite, and a store of nothing where a test has none."""
    folder = tmp_path_factory.mktemp("w3c")
    store = Store(str(folder))
    used = {
        file
        for group in GROUPS
        for case in cases(suite / group)
        for file in (*case.default, *case.named)
    }
    for file in sorted(used):
        form = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}
        store.load(
            path=str(file), format=form[file.suffix], base_iri=file.as_uri(),
            to_graph=NamedNode(file.as_uri()),
        )  # fmt: skip
    store.flush()
    del store
    with running(folder, MATTRA_SPARQL_WORKERS="2") as server:
        yield server


@pytest.mark.parametrize("group", GROUPS)
def test_group(
    w3c_server: Server, suite: Path, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    with httpx.Client(timeout=30) as client:
        tests = list(cases(suite / group))
        failed = {case.name for case in tests if not _passes(client, w3c_server.url, case)}
    print(f"{group}: {len(tests) - len(failed)} of {len(tests)} passed")  # noqa: T201
    assert failed == {name for name in KNOWN if name.startswith(f"{group}/")}


def _passes(client: httpx.Client, url: str, case: Case) -> bool:
    text = case.query.read_bytes()
    base = f"BASE <{case.query.as_uri()}>\n".encode()
    pairs = [("default-graph-uri", file.as_uri()) for file in case.default or [Path("/none")]]
    pairs += [("named-graph-uri", file.as_uri()) for file in case.named]
    ending = case.result.suffix[1:] if case.result else ""
    response = client.post(
        url,
        params=[] if b"FROM" in text else pairs,
        content=base + text,
        headers={
            "content-type": "application/sparql-query",
            "accept": f"{ACCEPT.get(ending, 'application/json')}, */*;q=0.1",
        },
    )
    if case.kind.startswith("Negative"):
        return response.status_code == 400
    if response.status_code != 200 or case.result is None:
        return response.status_code == 200
    return same(case.result, response.headers["content-type"], response.content)
