"""The routes that the tabs of SPARQL and looking around stand on."""

import pytest
from fastapi.testclient import TestClient

import ontology
from graph.examples import examples
from qa.service import Service
from ui.server import create_app


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    return TestClient(create_app(service), base_url="http://localhost")


def test_what_a_query_may_name(client: TestClient) -> None:
    found = client.get("/api/vocabulary")
    assert "max-age" in found.headers["cache-control"]
    data = found.json()
    assert data["prefixes"] == ontology.PREFIXES
    classes = {each["curie"]: each for each in data["classes"]}
    assert classes["m:Section"]["count"] > 500
    assert classes["m:Section"]["th"] == "มาตรา"
    properties = [each["curie"] for each in data["properties"]]
    assert {"eli:cites", "m:deadline", "t:assessedValue"} & set(properties) >= {"eli:cites"}
    assert len(properties) == len(set(properties))


def test_every_example_query_is_there_whole(client: TestClient) -> None:
    found = client.get("/api/queries").json()
    assert [(each["name"], each["query"]) for each in found] == [
        (each.name, each.query) for each in examples()
    ]


def test_two_versions(client: TestClient) -> None:
    found = client.get("/api/compare", params={"ref": "mspr-11-2566"}).json()
    assert found["before"]["ref"] == "website-standard-2-2560"
    assert sum(found["counts"].values()) == len(found["changes"])
    same = {"ref": "mspr-11-2566", "before": "mspr-11-2566"}
    assert client.get("/api/compare", params=same).status_code == 400
    unknown = {"ref": "mspr-11-2566", "before": "nothing-2599"}
    assert client.get("/api/compare", params=unknown).status_code == 404


def test_names_and_lists(client: TestClient) -> None:
    assert client.get("/api/suggest", params={"q": "PDPA"}).json()[0]["ref"] == "pdpa-2562"
    found = client.get("/api/browse", params={"kind": ["act"], "limit": 2}).json()
    assert len(found["entries"]) == 2
    assert found["total"] == 6
    near = client.get("/api/around/PDPA มาตรา 37").json()
    assert near["ref"] == "pdpa-2562/37"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/suggest", 422), ("/api/suggest?q=" + "a" * 201, 422),
        ("/api/browse?kind=x", 400), ("/api/browse?start=-1", 422), ("/api/around/mspr-999", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_problem(client: TestClient, path: str, status: int) -> None:
    found = client.get(path)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["detail_th"]
    assert found.json()["detail_en"]
