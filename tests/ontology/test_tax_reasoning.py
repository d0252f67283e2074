"""HermiT over the vocabulary of tax records: consistent, and it sees each planted contradiction."""

import shutil

import pytest
from rdflib import Graph

from ontology import PREFIXES
from ontology.reasoning import reason
from ontology.tax import TAX, datasets, vocabulary_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None, reason="no Java: apt-get install default-jre-headless"
    ),
]
RECORD = "https://w3id.org/mattra/id/record/"


def _vocabulary() -> Graph:
    graph = Graph()
    for name in ("tax", "codes"):
        graph.parse(data=vocabulary_files()[name].read_bytes(), format="turtle")
    return graph


def _examples() -> str:
    """Return the example row of each data set as Turtle."""
    lines = []
    for dataset in datasets().values():
        node = f"<{RECORD}{dataset.slug}/example/2>"
        lines.append(f"{node} a <{dataset.iri}> .")
        for column in dataset.columns:
            if not column.example:
                continue
            if column.code_list:
                value = f"<{PREFIXES['c']}{column.code_list}/{column.example}>"
            else:
                value = f'"{column.example}"^^<{PREFIXES["xsd"]}{column.datatype}>'
            lines.append(f"{node} <{column.iri}> {value} .")
    return "\n".join(lines)


def test_the_vocabulary_and_its_example_records_are_consistent() -> None:
    graph = _vocabulary().parse(data=_examples(), format="turtle")
    result = reason(graph)
    assert result.consistent
    assert result.unsatisfiable == []
    parcel = result.types[RECORD + "parcel/example/2"]
    assert TAX + "LandParcel" in parcel


@pytest.mark.parametrize(
    "planted",
    [
        "id:a a t:LandParcel , t:Building .",
        "id:a a t:Payment ; t:areaRai 1 .",
        'id:a a t:Assessment ; t:taxYear "next year" .',
        "id:a t:landUse id:b . id:b a t:LandParcel .",
        "id:a a t:LocalGovernment ; t:taxBelow 1.0 .",
    ],
)
def test_a_planted_contradiction_is_caught(planted: str) -> None:
    prefixes = f"@prefix t: <{TAX}> . @prefix id: <{PREFIXES['id']}> .\n"
    graph = _vocabulary().parse(data=prefixes + planted, format="turtle")
    assert not reason(graph).consistent
