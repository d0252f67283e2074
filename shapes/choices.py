"""A query whose look-ups offer several rows, as one query for each choice of them."""

from itertools import product

from ontology.tax import Dataset
from shapes.algebra import Tree
from shapes.errors import UncoveredError
from shapes.lookup import MOST_CHOICES
from shapes.patterns import Reference
from shapes.query import Query
from shapes.sparql import Compiler


def compile_query(dataset: Dataset, reference: Reference, tree: Tree) -> list[Query]:
    """Return the queries whose solutions together are those of one: one for each choice.

    :raises UncoveredError: the query uses what is not covered.
    """
    first = Compiler(dataset, reference)
    queries = [first.compile(tree)]
    choices = list(product(*(range(n) for n in first.offered)))
    if len(choices) > MOST_CHOICES:
        raise UncoveredError("too many rows of the reference graph match a record")
    for chosen in choices[1:]:
        queries.append(Compiler(dataset, reference, choices=chosen).compile(tree))
    return queries
