"""Parts of SPARQL patterns: triples, conditions, and the values of the reference graph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import unquote

import polars as pl
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode, Store

from ontology import CONCEPT, PREFIXES
from ontology.tax import Column, Dataset, datasets
from shapes.algebra import Tree
from shapes.errors import UncoveredError
from shapes.terms import XSD, Term

_IN_SCHEME: Final = NamedNode(PREFIXES["skos"] + "inScheme")
RDF_TYPE: Final = PREFIXES["rdf"] + "type"
DTYPES: Final[dict[str, Any]] = {
    "integer": pl.Int64, "decimal": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
}  # fmt: skip
"""Types of the typed columns of a frame."""
Triple = tuple[Tree, str, Tree]


@dataclass
class Pending:
    """A pattern on nodes other than ``$this``, joined once its last part is known."""

    triples: list[Triple]
    optional: list[list[Triple]] = field(default_factory=list)
    how: Literal["inner", "left"] = "inner"

    @property
    def subjects(self) -> set[str]:
        """Its nodes."""
        return {s[1] for s, _, _ in self.triples}

    @property
    def variables(self) -> list[str]:
        """Its values that are variables, in order."""
        triples = [*self.triples, *(t for part in self.optional for t in part)]
        return list(dict.fromkeys(o[1] for _, _, o in triples if o[0] == "v"))

    @property
    def dataset(self) -> Dataset | None:
        """The data set whose records it matches, or None for the reference graph."""
        types = {o[1] for _, p, o in self.triples if p == RDF_TYPE}
        return next((d for d in datasets().values() if d.iri in types), None)


@dataclass
class Reference:
    """The reference graph, and what was asked of it."""

    store: Store
    _answers: dict[str, list[tuple[str, pl.Series]]] = field(default_factory=dict)
    _codes: dict[str, pl.Series] = field(default_factory=dict)

    def codes(self, scheme: str) -> pl.Series:
        """Return all codes of a list, sorted."""
        if scheme not in self._codes:
            start = f"{CONCEPT}{scheme}/"
            quads = self.store.quads_for_pattern(None, _IN_SCHEME, NamedNode(start[:-1]), None)
            tails = sorted(
                unquote(q.subject.value.removeprefix(start))
                for q in quads
                if isinstance(q.subject, NamedNode)
            )
            self._codes[scheme] = pl.Series(tails, dtype=pl.String)
        return self._codes[scheme]

    def table(self, pattern: Pending, prefix: str) -> tuple[pl.DataFrame, dict[str, Term]]:
        """Return the solutions of a pattern, and its variables as columns named by the prefix.

        :raises UncoveredError: the values of a variable are of several kinds.
        """
        names = pattern.variables
        parts = [written(pattern.triples)]
        parts += [f"OPTIONAL {{ {written(part)} }}" for part in pattern.optional]
        shown = " ".join(f"?{name}" for name in names)
        query = f"SELECT DISTINCT {shown} WHERE {{ {' '.join(parts)} }}"
        if query not in self._answers:
            solutions: Any = self.store.query(query)
            rows = list(solutions)
            self._answers[query] = [series_of(name, [r[name] for r in rows]) for name in names]
        maybe = {o[1] for part in pattern.optional for _, _, o in part}
        columns, terms = [], {}
        for name, (kind, series) in zip(names, self._answers[query], strict=True):
            columns.append(series.alias(prefix + name))
            bound = pl.col(prefix + name).is_not_null() if name in maybe else None
            terms[name] = Term(pl.col(prefix + name), kind, bound=bound)
        return pl.DataFrame(columns), terms


def column_term(column: Column, name: str) -> Term:
    """Return the value of a column, under the name that it has in the frame."""
    if column.datatype == "string":
        return Term(pl.col(name), "string", pl.col(name))
    if column.datatype == "code":
        return Term(pl.col(name), f"code:{column.code_list}", pl.col(name))
    return Term(pl.col(name + "#"), column.datatype, pl.col(name))


def physical(column: Column) -> set[str]:
    """Return the columns of the typed frame that hold a column."""
    typed = column.datatype not in ("string", "code")
    return {column.name, column.name + "#"} if typed else {column.name}


def triples_of(tree: Tree) -> list[Triple]:
    """Return the triples of a pattern.

    :raises UncoveredError: it holds something else, or a property path.
    """
    if tree[0] == "Join":
        return [*triples_of(tree[1]["p1"]), *triples_of(tree[1]["p2"])]
    if tree[0] != "BGP":
        raise UncoveredError(f"{tree[0]} is not translated here")
    found = []
    for _, subject, predicate, value in tree[1]["triples"][1:]:
        if predicate[0] != "i" or subject[0] != "v":
            raise UncoveredError("a path or a fixed subject is not translated")
        found.append((subject, predicate[1], value))
    return found


def every_triple(tree: Any) -> Iterator[Triple]:
    """Give all triples inside a tree."""
    if isinstance(tree, list):
        if tree and tree[0] == "BGP":
            yield from triples_of(tree)
        else:
            for part in tree:
                yield from every_triple(part)
    elif isinstance(tree, dict):
        for part in tree.values():
            yield from every_triple(part)


def without(tree: Any, subject: str) -> Any:
    """Return a tree without the triples of one subject."""
    if isinstance(tree, dict):
        return {key: without(part, subject) for key, part in tree.items()}
    if not isinstance(tree, list):
        return tree
    return [
        without(part, subject)
        for part in tree
        if not (isinstance(part, list) and part[:2] == ["[]", ["v", subject]])
    ]


def connected(triples: list[Triple]) -> tuple[list[Triple], list[Triple]]:
    """Split off the triples that hang together by their subjects."""
    group, rest = [triples[0]], triples[1:]
    grown = True
    while grown:
        nodes = {s[1] for s, _, _ in group}
        linked = {o[1] for _, _, o in group if o[0] == "v"}
        more = [
            t for t in rest
            if t[0][1] in nodes | linked or (t[2][0] == "v" and t[2][1] in nodes)
        ]  # fmt: skip
        group, rest = group + more, [t for t in rest if t not in more]
        grown = bool(more)
    return group, rest


def conjuncts_of(tree: Tree) -> Iterator[Tree]:
    """Give the parts of a condition that must all hold."""
    if tree[0] == "ConditionalAndExpression":
        yield from conjuncts_of(tree[1]["expr"])
        for other in tree[1]["other"][1:]:
            yield from conjuncts_of(other)
    else:
        yield tree


def names_in(tree: Any) -> set[str]:
    """Return the variables of an expression."""
    if isinstance(tree, list):
        if len(tree) == 2 and tree[0] == "v":
            return {tree[1]}
        return set().union(*(names_in(part) for part in tree)) if tree else set()
    if isinstance(tree, dict):
        return set().union(*(names_in(part) for part in tree.values())) if tree else set()
    return set()


def equality(tree: Tree, terms: dict[str, Term]) -> tuple[str, Tree]:
    """Return the variable and the expression of ``?new = …``; an empty name for anything else."""
    if tree[0] == "RelationalExpression" and tree[1]["op"] == "=":
        for one, other in (("expr", "other"), ("other", "expr")):
            if tree[1][one][0] == "v" and tree[1][one][1] in terms:
                return tree[1][one][1], tree[1][other]
    return "", []


def written(triples: list[Triple]) -> str:
    """Return triples as SPARQL."""
    return " ".join(f"?{s[1]} <{p}> {_node(o)} ." for s, p, o in triples)


def _node(tree: Tree) -> str:
    if tree[0] == "v":
        return f"?{tree[1]}"
    return str(
        NamedNode(tree[1]) if tree[0] == "i" else OxLiteral(tree[1], datatype=NamedNode(tree[2]))
    )


_TYPES: Final[dict[str, Any]] = {
    "integer": (pl.Int64, int), "decimal": (pl.Float64, float),
    "string": (pl.String, str), "boolean": (pl.Boolean, lambda v: v in ("true", "1")),
}  # fmt: skip


def series_of(name: str, values: list[Any]) -> tuple[str, pl.Series]:
    """Return the kind and the column of what the reference graph answered.

    :raises UncoveredError: the values are of several kinds.
    """
    kinds = {
        "iri" if isinstance(v, NamedNode) else v.datatype.value.removeprefix(XSD)
        for v in values
        if v is not None
    }
    if len(kinds) > 1:
        raise UncoveredError(f"the reference graph mixes {' and '.join(sorted(kinds))}")
    kind = kinds.pop() if kinds else "string"
    texts = [None if v is None else v.value for v in values]
    if kind == "date":
        return kind, pl.Series(name, texts, dtype=pl.String).str.to_date("%Y-%m-%d")
    if kind == "iri":
        return kind, pl.Series(name, texts, dtype=pl.String)
    if kind not in _TYPES:
        raise UncoveredError(f"the reference graph answers with {kind}")
    dtype, read = _TYPES[kind]
    return kind, pl.Series(name, [None if t is None else read(t) for t in texts], dtype=dtype)
