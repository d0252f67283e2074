"""The graph's figures laid out per tax year, as the rules on tax records compare them.

The knowledge holds a figure with the years it is in force for; a rule on a record needs the figure
of the record's own year. What :mod:`tax.compute` refuses for lack of knowledge has no node here.
"""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from pyoxigraph import RdfFormat, Store

import ontology
from graph.errors import InputError
from graph.thai import BUDDHIST_OFFSET
from ontology.tax import TAX
from tax.calendar import calendar
from tax.compute import HUNDRED, cuts, depreciation
from tax.concepts import concept_lines
from tax.parameters import FIRST_YEAR, Parameter, Parameters

OLDEST: Final = 200
"""No building is taxed by an age above it: the depreciation is flat long before."""
SPECIALS: Final = (0, 50, 90)
"""The special reductions in percent; 0 is property that has none."""
STEPS: Final = ("assessment", "payment", "instalment-1", "instalment-2", "instalment-3")
_NODE: Final = ontology.ID + "reference/"
_KNOWLEDGE: Final = "land-tax-parameters.ttl"
_Values = dict[str, str]


def reference_graph(
    parameters: Parameters, today: date, schemes: Collection[str] | None = None
) -> Store:
    """Return the figures of every tax year, the code lists and the day of the check.

    :param schemes: slugs of the code lists that are wanted, all of them where none are named; the
        areas are four fifths of the graph.
    """
    store = Store()
    nodes = reference_ntriples(parameters, today, schemes)
    store.bulk_load(nodes, format=RdfFormat.N_TRIPLES)
    return store


def reference_ntriples(
    parameters: Parameters, today: date, schemes: Collection[str] | None = None
) -> bytes:
    """Return the same as N-Triples."""
    lines = (
        line
        for node, kind, values in _nodes(parameters, today)
        for line in _lines(node, kind, values)
    )
    return "".join(lines).encode() + concept_lines(schemes)


@cache
def shipped_parameters() -> Parameters:
    """Return the figures of the shipped knowledge, without opening the whole graph."""
    store = Store()
    knowledge = files("ontology") / "knowledge" / _KNOWLEDGE
    for file in (ontology.vocabulary_file(), knowledge):
        store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    return Parameters(store)


def default_reference(today: date | None = None, schemes: Collection[str] | None = None) -> Store:
    """Return the reference graph of the shipped knowledge, today unless a day is given."""
    return reference_graph(shipped_parameters(), today or date.today(), schemes)


def tax_years(parameters: Parameters) -> range:
    """Return the tax years (B.E.) that a tax is computed for."""
    return range(FIRST_YEAR, parameters.last_known_year + 2)


def _nodes(parameters: Parameters, today: date) -> Iterator[tuple[str, str, _Values]]:
    for year in tax_years(parameters):
        for use in parameters.uses:
            yield from _brackets(year, use, parameters)
            yield from _exemptions(year, use, parameters)
        yield from _reductions(year, parameters)
        yield from _terms(year, parameters)
        yield from _due(year, parameters)
    yield from _depreciation(parameters)
    yield from _late(parameters)
    this_year = str(today.year + BUDDHIST_OFFSET)
    yield (
        "clock",
        "Clock",
        {"today": _typed(today.isoformat(), "date"), "thisYear": _integer(this_year)},
    )


def _brackets(year: int, use: str, parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    brackets = sorted(
        parameters.of("RateBracket", year, use), key=lambda bracket: bracket.number("lowerBound")
    )
    increase = next(iter(parameters.of("VacantIncrease", year, use)), None)
    lowest = min((bracket.number("rate") for bracket in brackets), default=Decimal(0))
    steps = 0
    if increase:
        # Beyond this many steps every bracket stands at the ceiling.
        steps = -int(-(increase.number("ceiling") - lowest) // increase.number("rate"))
    for step in range(steps + 1):
        below = Decimal(0)
        for number, bracket in enumerate(brackets, start=1):
            rate = bracket.number("rate")
            if increase:
                rate = min(rate + increase.number("rate") * step, increase.number("ceiling"))
            low = bracket.number("lowerBound")
            values = {
                "taxYear": _integer(year),
                "landUse": _concept("land-use", use),
                "vacantSteps": _integer(step),
                "lowerBound": _decimal(low),
                "rate": _decimal(rate),
                "taxBelow": _decimal(below),
                **_source(bracket),
            }
            if "upperBound" in bracket.values:
                high = bracket.number("upperBound")
                values["upperBound"] = _decimal(high)
                below += (high - low) * rate / HUNDRED
            yield f"bracket/{year}/{use}/{step}/{number}", "YearlyBracket", values


def _exemptions(year: int, use: str, parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    common = {"taxYear": _integer(year), "landUse": _concept("land-use", use)}
    for exempt in parameters.of("ExemptBase", year, use)[:1]:
        amount = _decimal(exempt.number("amount"))
        values = {**common, "amount": amount, **_source(exempt)}
        yield f"exemption/{year}/{use}", "YearlyExemption", values
    for exempt in parameters.of("FullExemption", year, use)[:1]:
        values = {**common, **_source(exempt)}
        yield f"full-exemption/{year}/{use}", "YearlyFullExemption", values


def _reductions(year: int, parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    for special in SPECIALS:
        try:
            taken = cuts(year, special or None, parameters)
        except InputError:
            continue
        remaining = Decimal(1)
        for cut in taken:
            remaining *= (HUNDRED - cut.number("rate")) / HUNDRED
        values = {
            "taxYear": _integer(year),
            "special": _integer(special),
            "remaining": _decimal(remaining),
            **(_source(taken[-1]) if taken else {}),
        }
        yield f"reduction/{year}/{special}", "YearlyReduction", values


def _terms(year: int, parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    common = {"taxYear": _integer(year)}
    for relief in parameters.of("TaxRelief", year)[:1]:
        values = {**common, "rate": _decimal(relief.number("rate")), **_source(relief)}
        yield f"relief/{year}", "YearlyRelief", values
    for terms in parameters.of("Instalments", year)[:1]:
        yield (
            f"instalments/{year}",
            "InstalmentTerms",
            {
                **common,
                "least": _decimal(terms.number("amount")),
                "count": _integer(terms.values["count"]),
                **_source(terms),
            },
        )


def _due(year: int, parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    for due in calendar(year, parameters):
        if due.step in STEPS:
            yield (
                f"due/{year}/{due.step}",
                "YearlyDue",
                {
                    "taxYear": _integer(year),
                    "step": _text(due.step),
                    "lastDay": _typed(due.last_day.isoformat(), "date"),
                    "certainty": _text(due.certainty),
                    "dcterms:source": _iri(ontology.iri(due.ref)),
                },
            )


def _depreciation(parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    year = parameters.last_known_year
    for structure in parameters.structures:
        for age in range(OLDEST + 1):
            percent, band = depreciation(structure, age, year, parameters)
            yield (
                f"depreciation/{structure}/{age}",
                "DepreciationAge",
                {
                    "structure": _concept("structure", structure),
                    "age": _integer(age),
                    "percent": _decimal(percent),
                    **_source(band),
                },
            )


def _late(parameters: Parameters) -> Iterator[tuple[str, str, _Values]]:
    year = parameters.last_known_year
    for rule in parameters.of("LatePenalty", year):
        case = rule.values["lateCase"]
        percent = _decimal(rule.number("rate"))
        values = {"case": _concept("late-case", case), "penaltyPercent": percent, **_source(rule)}
        yield f"late/{case}", "LateRate", values
    for rule in parameters.of("MonthlySurcharge", year):
        extended = "true" if rule.values["lateCase"] == "extended" else "false"
        yield (
            f"surcharge/{rule.values['lateCase']}",
            "SurchargeRate",
            {
                "extended": _typed(extended, "boolean"),
                "percentPerMonth": _decimal(rule.number("rate")),
                **_source(rule),
            },
        )


def _lines(node: str, kind: str, values: _Values) -> Iterator[str]:
    subject = f"<{_NODE}{node}>"
    yield f"{subject} <{ontology.PREFIXES['rdf']}type> <{TAX}{kind}> .\n"
    for name, value in values.items():
        prefix, _, local = name.rpartition(":")
        yield f"{subject} <{ontology.PREFIXES[prefix] if prefix else TAX}{local}> {value} .\n"


def _source(parameter: Parameter) -> _Values:
    return {"dcterms:source": _iri(ontology.iri(parameter.ref))} if parameter.ref else {}


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _concept(scheme: str, slug: str) -> str:
    return _iri(f"{ontology.CONCEPT}{scheme}/{slug}")


def _text(value: str) -> str:
    return f'"{value}"'


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{ontology.PREFIXES["xsd"]}{datatype}>'


def _integer(value: int | str) -> str:
    return _typed(str(value), "integer")


def _decimal(value: Decimal) -> str:
    return _typed(f"{value.normalize():f}", "decimal")
