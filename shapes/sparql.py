"""The SPARQL rules of shapes as steps over columns.

Covered are patterns on ``$this``, on nodes of the reference graph and on other records of the data
sets, OPTIONAL, BIND, FILTER, [NOT] EXISTS and a subselect that groups. Anything else raises
:class:`UncoveredError`, and a triple engine runs the rule.
"""

from dataclasses import replace
from typing import Literal

import polars as pl

from ontology.tax import TAX, Dataset, datasets
from shapes.aggregates import aggregate, shown
from shapes.algebra import Tree
from shapes.errors import UncoveredError
from shapes.expressions import new_scope
from shapes.lookup import Lookup, lookup
from shapes.patterns import (
    RDF_TYPE,
    Pending,
    Reference,
    Triple,
    column_term,
    conjuncts_of,
    connected,
    equality,
    every_triple,
    names_in,
    physical,
    triples_of,
    without,
)
from shapes.query import Given, Grouped, Join, Meeting, Query, Repeated, Scan, Where
from shapes.scans import key, scan
from shapes.terms import Term


class Compiler:
    """Compiles one query whose records are those of a data set.

    :param this: the variable that stands for a record.
    """

    def __init__(
        self,
        dataset: Dataset,
        reference: Reference,
        this: str = "this",
        choices: tuple[int, ...] = (),
    ) -> None:
        self.dataset, self.reference, self.this = dataset, reference, this
        self.offered: list[int] = []
        self._choices = choices
        self.query = Query()
        self.scope = new_scope(self.query.held)
        self._pending: list[Pending] = []
        self._conjuncts: list[Tree] = []
        self._tables = 0

    def compile(self, tree: Tree) -> Query:
        """Return the steps of a query.

        :raises UncoveredError: it uses what is not covered.
        """
        visible = [v[1] for v in tree[1]["PV"][1:]]
        while tree[0] in ("SelectQuery", "Project", "Distinct"):
            tree = tree[1]["p"]
        self._pattern(tree, top=True)
        self._flush()
        self.query.conditions_first()
        terms = self.scope.terms
        self.query.value = terms.get("value")
        self.query.details = {
            name: shown(self.scope, terms[name])
            for name in visible
            if name in terms and name not in ("value", self.this)
        }
        return self.query

    def _pattern(self, tree: Tree, top: bool = False) -> None:
        kind, f = tree[0], tree[1]
        if kind == "BGP":
            self._triples(triples_of(tree))
        elif kind == "Join":
            self._pattern(f["p1"])
            self._pattern(f["p2"])
        elif kind == "LeftJoin" and f["expr"][0] == "TrueFilter":
            self._pattern(f["p1"])
            self._optional(triples_of(f["p2"]))
        elif kind == "Extend":
            self._pattern(f["p"])
            if any(name in p.variables for p in self._pending for name in names_in(f["expr"])):
                self._flush()
            self._bind(f["var"][1], f["expr"])
        elif kind == "Filter" and top:
            conjuncts = list(conjuncts_of(f["expr"]))
            self._conjuncts += conjuncts
            self._pattern(f["p"])
            self._flush()
            for conjunct in conjuncts:
                if conjunct in self._conjuncts:
                    self._filter(conjunct)
        elif kind == "ToMultiSet":
            self._subselect(f["p"])
        else:
            raise UncoveredError(f"{kind} is not translated here")

    def _triples(self, triples: list[Triple]) -> None:
        own = [t for t in triples if t[0] == ["v", self.this]]
        for _, predicate, value in own:
            self._own(predicate, value)
        others: list[Triple] = [t for t in triples if t not in own]
        while others:
            group, others = connected(others)
            known = next(
                (p for p in self._pending if p.subjects & {s[1] for s, _, _ in group}), None
            )
            if known:
                known.triples += group
            else:
                self._pending.append(Pending(group))

    def _own(self, predicate: str, value: Tree) -> None:
        if predicate == RDF_TYPE:
            if value != ["i", self.dataset.iri]:
                raise UncoveredError("a record of another class is not translated")
            return
        term = self._column(predicate)
        self._where(pl.col(self._name(predicate)).is_not_null())
        if value[0] == "v" and value[1] not in self.scope.terms:
            self.scope.terms[value[1]] = term
        else:
            self._where(self.scope.compare("=", term, self.scope.term(value)))

    def _column(self, predicate: str) -> Term:
        column = self.dataset.column(self._name(predicate))
        if column is None:
            raise UncoveredError(f"<{predicate}> is no column of {self.dataset.slug}")
        self.query.columns |= physical(column)
        return column_term(column, column.name)

    @staticmethod
    def _name(predicate: str) -> str:
        return predicate.removeprefix(TAX)

    def _optional(self, triples: list[Triple]) -> None:
        subjects = {s[1] for s, _, _ in triples}
        if subjects == {self.this}:
            for _, predicate, value in triples:
                if len(triples) > 1 or value[0] != "v" or value[1] in self.scope.terms:
                    raise UncoveredError("this OPTIONAL is not translated")
                term = self._column(predicate)
                bound = pl.col(self._name(predicate)).is_not_null()
                self.scope.terms[value[1]] = Term(term.expr, term.kind, term.text, bound)
            return
        pending = next((p for p in self._pending if p.subjects & subjects), None)
        if pending:
            pending.optional.append(triples)
        else:
            self._pending.append(Pending(triples, how="left"))

    def _bind(self, name: str, tree: Tree) -> None:
        doubts = len(self.scope.doubts)
        term = self.scope.term(tree)
        if term.constant is None and not term.expr.meta.is_column():
            size = None if term.size is None else self.scope.hold(term.size)
            term = replace(term, expr=self.scope.hold(term.expr), size=size)
        self.scope.terms[name] = term
        # A doubt inside a value stays with the row, whatever the value is compared with.
        raised, self.scope.doubts = self.scope.doubts[doubts:], self.scope.doubts[:doubts]
        if raised:
            self.query.steps.append(Where(None, tuple(raised)))

    def _join(
        self,
        how: Literal["inner", "left", "semi", "anti"],
        table: pl.DataFrame | Scan,
        keys: list[tuple[Term, str]],
    ) -> None:
        if isinstance(table, Scan) and keys:
            pairs = [(term.expr, pl.col(table.columns[column][0])) for term, column in keys]
            self._meet(table.dataset, pairs)
        on = tuple((term.expr, column) for term, column in keys)
        self.query.steps.append(Join(how, table, on))

    def _meet(self, dataset: str, pairs: list[tuple[pl.Expr, pl.Expr]]) -> None:
        """Note where a record meets others, if it is in columns as they stand."""
        names = {
            own.meta.output_name(): theirs.meta.output_name()
            for own, theirs in pairs
            if own.meta.is_column() and theirs.meta.is_column()
        }
        if names:
            self.query.meetings.append(Meeting(tuple(names), dataset, tuple(names.values())))

    def _where(self, condition: pl.Expr) -> None:
        doubts, self.scope.doubts = tuple(self.scope.doubts), []
        self.query.steps.append(Where(condition, doubts))

    def _filter(self, tree: Tree) -> None:
        if tree[0] in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            self._exists(triples_of(tree[1]["graph"]), tree[0] == "Builtin_EXISTS")
        else:
            self._where(self.scope.truth(tree))

    def _exists(self, triples: list[Triple], wanted: bool) -> None:
        pattern = Pending(triples)
        dataset = pattern.dataset
        if dataset and len(triples) == 1:
            self.query.others.setdefault(dataset.slug, set()).add("row")
            self.query.steps.append(Given(dataset.slug, wanted))
            return
        table, _, keys = self._matched(pattern)
        if not keys:
            raise UncoveredError("EXISTS without a shared variable is not translated")
        found = (
            lookup(table, keys, self.query.held, self.reference.codes)
            if isinstance(table, pl.DataFrame)
            else None
        )
        if found:
            there = self.scope.hold(found.there())
            self._where(there if wanted else ~there)
        else:
            self._join("semi" if wanted else "anti", table, keys)

    def _flush(self) -> None:
        pending, self._pending = self._pending, []
        for pattern in pending:
            if pattern.dataset and self._repeated(pattern):
                continue
            table, terms, keys = self._matched(pattern)
            found = (
                lookup(table, keys, self.query.held, self.reference.codes)
                if isinstance(table, pl.DataFrame)
                else None
            )
            if found:
                self.scope.terms |= self._chosen(found, terms, pattern.how)
                continue
            if not keys:
                raise UncoveredError("a join without a shared variable is not translated")
            self._join(pattern.how, table, keys)
            if pattern.how == "left":
                terms = {n: replace(t, bound=t.expr.is_not_null()) for n, t in terms.items()}
            self.scope.terms |= terms

    def _chosen(self, found: Lookup, terms: dict[str, Term], how: str) -> dict[str, Term]:
        """Return the variables of a look-up, in the row that this compilation chooses."""
        place = len(self.offered)
        choice = self._choices[place] if place < len(self._choices) else 0
        self.offered.append(len(found.rows))
        if how == "inner":
            self._where(self.scope.hold(found.there(choice)))
        taken = {}
        for name, term in terms.items():
            (column,) = term.expr.meta.root_names()
            value = self.scope.hold(found.value(column, choice))
            maybe = how == "left" or term.bound is not None
            taken[name] = Term(value, term.kind, bound=value.is_not_null() if maybe else None)
        return taken

    def _repeated(self, pattern: Pending) -> bool:
        """Take the pattern that asks for another record with the same value."""
        apart = next(
            (
                c
                for c in self._conjuncts
                if c[0] == "RelationalExpression" and c[1]["op"] == "!="
                and {c[1]["expr"][1], c[1]["other"][1]} == {self.this, *pattern.subjects}
            ),
            None,
        )  # fmt: skip
        if apart is None:
            return False
        shared = [(p, o) for _, p, o in pattern.triples if p != RDF_TYPE]
        if pattern.dataset != self.dataset or len(shared) != 1 or pattern.optional:
            raise UncoveredError("only another record with one same value is translated")
        ((predicate, value),) = shared
        name = self._name(predicate)
        column = self.dataset.column(name)
        same = self.scope.terms.get(value[1])
        if column is None or same is None or column_term(column, name).text is None:
            raise UncoveredError("only a value that both records share is translated")
        self._conjuncts.remove(apart)
        self.query.others.setdefault(self.dataset.slug, set()).add(name)
        self.query.steps.append(Repeated(self.dataset.slug, name))
        self.query.meetings.append(Meeting((name,), self.dataset.slug, (name,)))
        return True

    def _matched(
        self, pattern: Pending
    ) -> tuple[pl.DataFrame | Scan, dict[str, Term], list[tuple[Term, str]]]:
        """Return a pattern's table, its new variables and what joins it to the records."""
        self._tables += 1
        prefix = f"{self.this}.{self._tables}."
        dataset = pattern.dataset
        table, terms = (
            scan(pattern, dataset, prefix, self.query.others.setdefault(dataset.slug, set()))
            if dataset
            else self.reference.table(pattern, prefix)
        )
        keys: list[tuple[Term, str]] = []
        for name in [name for name in terms if name in self.scope.terms]:
            keys.append(key(self.scope.terms[name], terms.pop(name), prefix + name, table))
        for conjunct in list(self._conjuncts):
            name, tree = equality(conjunct, terms)
            if name and all(v in self.scope.terms for v in names_in(tree)):
                own = self.scope.term(tree)
                if own.kind == "decimal" and own.size is None and terms[name].kind == "integer":
                    own = Term(own.expr.cast(pl.Int64, strict=False), "integer")
                if own.kind == terms[name].kind != "decimal":
                    keys.append(key(own, terms[name], prefix + name, table))
                    self._conjuncts.remove(conjunct)
        self._doubt_unbound([term for term, _ in keys])
        return table, terms, keys

    def _doubt_unbound(self, keys: list[Term]) -> None:
        """Leave to an exact engine where a computed value failed: unbound, it matches anything."""
        computed = [t.expr.is_null() for t in keys if t.text is None and t.constant is None]
        if computed:
            self.query.steps.append(Where(None, tuple(computed)))

    def _subselect(self, tree: Tree) -> None:
        """Join the sums over a group of records.

        SHACL demands that a subselect names ``$this`` (section 5.2.1): what it says of ``$this``
        is what ties a record to its group.
        """
        visible = [v[1] for v in tree[1]["PV"][1:]]
        renamed: dict[str, str] = {}
        tree = tree[1]["p"]
        while tree[0] == "Extend":
            renamed[tree[1]["expr"][1]] = tree[1]["var"][1]
            tree = tree[1]["p"]
        if tree[0] != "AggregateJoin":
            raise UncoveredError("only a subselect that groups is translated")
        group, aggregates = tree[1]["p"][1], tree[1]["A"][1:]
        if {v[1] for v in group["expr"][1:]} != {self.this} or self.this not in visible:
            raise UncoveredError("a group that is not of a record's own values is not translated")
        own = self._tied(group["p"])
        inner, dataset = self._inner(without(group["p"], self.this))
        shared = {name: inner.scope.terms[name] for name in own if name in inner.scope.terms}
        if not shared or shared.keys() != own.keys():
            raise UncoveredError("a group that shares no value with its record is not translated")
        self._tables += 1
        prefix = f"{self.this}.{self._tables}."
        sums: dict[str, pl.Expr] = {}
        for kind, f in aggregates:
            name = renamed.get(f["res"][1])
            if kind == "Aggregate_Sample" or name is None or name not in visible:
                continue
            term, sums[prefix + name], rounding = aggregate(kind, f, inner.scope)
            if rounding is not None:
                sums[prefix + name + "~"] = rounding
            size = None if rounding is None else pl.col(prefix + name + "~")
            self.scope.terms[name] = Term(pl.col(prefix + name), term.kind, size=size)
        self.query.others.setdefault(dataset.slug, set()).update(inner.query.columns)
        keys = {prefix + name: term.expr for name, term in shared.items()}
        on = []
        for name, term in shared.items():
            if own[name].kind != term.kind or term.kind == "decimal":
                raise UncoveredError("a group by values of two kinds is not translated")
            on.append((own[name].expr, prefix + name))
        table = Grouped(inner.query, dataset.slug, keys, sums)
        self._meet(dataset.slug, [(own[name].expr, term.expr) for name, term in shared.items()])
        self.query.steps.append(Join("inner", table, tuple(on)))

    def _tied(self, tree: Tree) -> dict[str, Term]:
        """Return the values of the record itself that a subselect names."""
        found: dict[str, Term] = {}
        for subject, predicate, value in every_triple(tree):
            if subject == ["v", self.this] and predicate != RDF_TYPE:
                if value[0] != "v" or value[1] in found:
                    raise UncoveredError("this pattern in a subselect is not translated")
                found[value[1]] = self._column(predicate)
                self._where(pl.col(self._name(predicate)).is_not_null())
        return found

    def _inner(self, tree: Tree) -> tuple["Compiler", Dataset]:
        """Compile the pattern that a subselect groups."""
        typed = {o[1]: s[1] for s, p, o in every_triple(tree) if p == RDF_TYPE}
        dataset = next((d for d in datasets().values() if d.iri in typed), None)
        if dataset is None or len({s[1] for s, _, _ in every_triple(tree)}) > 1:
            raise UncoveredError("a group of something other than records is not translated")
        inner = Compiler(dataset, self.reference, typed[dataset.iri])
        inner._pattern(tree, top=True)
        inner._flush()
        inner.query.conditions_first()
        return inner, dataset
