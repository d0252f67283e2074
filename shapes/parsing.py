"""``python -m shapes.parsing``: parses the SPARQL of the shipped shapes for the package.

Parsing takes a twentieth of a second a query; the trees are read back in no time.
"""

import json
from pathlib import Path

from shapes.algebra import Tree, digest, parse
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text


def queries() -> dict[str, str]:
    """Return every query of the shipped shapes, by its digest."""
    shapes = ShapeGraph.parse(tax_shapes_text()).node_shapes
    found = {p.select for shape in shapes for p in shape.properties if p.select is not None}
    return {digest(query): query for query in sorted(found)}


def trees() -> dict[str, Tree]:
    """Return the tree of every query of the shipped shapes, by its digest."""
    return {name: parse(query) for name, query in queries().items()}


if __name__ == "__main__":
    lines = (
        f"{json.dumps(name)}:{json.dumps(tree, ensure_ascii=False, separators=(',', ':'))}"
        for name, tree in sorted(trees().items())
    )
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (Path(__file__).parent / "tax" / "parsed.json").write_text(text, encoding="utf-8")
