"""What the tabs stand on."""

from dataclasses import dataclass

from qa.service import Service
from ui.sparql import Endpoint


@dataclass(frozen=True)
class Served:
    """What answers behind the page; the same parts as behind the API.

    :param service: the question service.
    :param endpoint: the SPARQL endpoint.
    """

    service: Service
    endpoint: Endpoint
