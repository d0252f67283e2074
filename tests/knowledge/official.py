"""The shipped sections and the official texts side by side, for the tests that compare them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rdflib
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

import ontology
from graph.store import open_store
from graph.thai import ARABIC
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


@cache
def official_texts(folder: Path, ref: str) -> dict[str, str]:
    data = json.loads((folder / "law" / f"{FILES[ref]}.json").read_text(encoding="utf-8"))
    return {
        s["number"]: (s.get("text_repaired") or s["text"]).translate(ARABIC)
        for s in data["sections"]
    }


@cache
def shipped() -> Graph:
    # rdflib would turn PT72H into P3D, which no section says.
    rdflib.NORMALIZE_LITERALS = False
    try:
        return knowledge()
    finally:
        rdflib.NORMALIZE_LITERALS = True


def sections_of(ref: str) -> dict[str, URIRef]:
    found = {}
    for node in shipped().subjects(RDF.type, URIRef(M + "Section")):
        if str(node).startswith(f"{ontology.ID}{ref}/"):
            found[str(shipped().value(node, URIRef(ELI + "number")))] = URIRef(str(node))
    return found


def parts_of(section: URIRef) -> Iterator[URIRef]:
    """Yield a section, its items, the norms of both, and the terms they define."""
    graph = shipped()
    places = [section, *graph.subjects(URIRef(ELI + "is_part_of"), section)]
    yield from (URIRef(str(place)) for place in places)
    for place in places:
        for norm in graph.subjects(URIRef(M + "statedIn"), place):
            yield URIRef(str(norm))
            yield from (URIRef(str(c)) for c in graph.objects(norm, URIRef(M + "defines")))


@cache
def extracted(folder: Path, ref: str) -> dict[str, Facts]:
    store = open_store()
    path = folder / "law" / f"{FILES[ref]}.json"
    return read_law(path, known_laws(store), known_actors(store)).facts
