"""One member of a code list, as a cell names it and as RDF does."""

from dataclasses import dataclass
from urllib.parse import quote

from ontology import CONCEPT


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a list.

    :param slug: what stands in RDF, the tail of the concept's IRI.
    :param notation: what people write, the slug itself but for such as ``506/1``.
    :param alt_labels: other names that people write, in either language.
    :param parent: for an area, the code of the area around it.
    """

    scheme: str
    slug: str
    notation: str
    label_th: str
    label_en: str
    alt_labels: tuple[str, ...] = ()
    parent: str = ""

    @property
    def iri(self) -> str:
        """The concept's IRI."""
        return code_iri(self.scheme, self.slug)


def code_iri(scheme: str, slug: str) -> str:
    """Return the IRI of a code, whether or not the list has it.

    >>> code_iri("building-type", "506-1")
    'https://w3id.org/mattra/concept/building-type/506-1'
    >>> code_iri("land-use", "a b/c")
    'https://w3id.org/mattra/concept/land-use/a%20b%2Fc'
    """
    return f"{CONCEPT}{scheme}/{quote(slug, safe='')}"
