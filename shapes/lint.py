"""A lint of shapes: engines say "conforms" to shapes that are misspelt or missing."""

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.parsers.notation3 import BadSyntax

from shapes.errors import ShapesError


def lint(shapes: Graph) -> None:
    """Refuse shapes that an engine would silently pass over.

    :raises ShapesError: no shape with a target, an unknown ``sh:`` term, or a property shape
        without a path.
    """
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
    if not any((None, target, None) in shapes for target in targets):
        raise ShapesError("the shapes name no target: they would check nothing")
    for triple in shapes:
        for term in triple:
            name = str(term).removeprefix(str(SH)) if str(term).startswith(str(SH)) else ""
            if name and URIRef(str(term)) not in SH:
                raise ShapesError(f"sh:{name} is not a SHACL term")
    for shape in set(shapes.objects(None, SH.property)):
        if (shape, SH.path, None) not in shapes:
            raise ShapesError(f"the property shape {shape} has no sh:path")


def lint_text(text: str) -> None:
    """Refuse shapes in Turtle that an engine would silently pass over.

    :raises ShapesError: the text is not Turtle, or :func:`lint` refuses it.
    """
    try:
        lint(Graph().parse(data=text, format="turtle"))
    except BadSyntax as error:
        raise ShapesError(f"not Turtle: {error.message} (line {error.lines + 1})") from error
