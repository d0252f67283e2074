"""The code lists that a cell of a tax record may name, as the rules look them up: no labels."""

from collections.abc import Collection, Iterator
from typing import Final

import ontology
from ontology.tax.areas import AREAS
from ontology.tax.code import Code, code_iri
from ontology.tax.codes import code_list, code_lists

_SKOS: Final = ontology.PREFIXES["skos"]
_AROUND: Final = dict(zip(AREAS[1:], AREAS, strict=False))


def concept_lines(schemes: Collection[str] | None = None) -> bytes:
    """Return the concepts of some schemes, or of all, as N-Triples.

    Each has its scheme and notation, and areas what is above them.
    """
    wanted = (*code_lists(), *AREAS) if schemes is None else sorted(schemes)
    codes = (code for scheme in wanted for code in code_list(scheme).values())
    return "".join(line for code in codes for line in _lines(code)).encode()


def _lines(code: Code) -> Iterator[str]:
    node = f"<{code.iri}>"
    yield f"{node} <{ontology.PREFIXES['rdf']}type> <{_SKOS}Concept> .\n"
    yield f"{node} <{_SKOS}inScheme> <{ontology.CONCEPT}{code.scheme}> .\n"
    yield f'{node} <{_SKOS}notation> "{code.notation}" .\n'
    if code.parent:
        around = code_iri(_AROUND[code.scheme], code.parent)
        yield f"{node} <{_SKOS}broader> <{around}> .\n"
