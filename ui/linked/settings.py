"""Settings of linked data (``MATTRA_LINKED_…``)."""

from dataclasses import dataclass
from functools import cache

from graph.settings import from_environment


@dataclass(frozen=True)
class LinkedSettings:
    """How linked data is served.

    :param public_url: the address that others reach this server by, such as
        ``https://mattra.example.go.th``; used in the site map and the description of the dumps.
        Empty: the address that each request came to.
    :param dumps_at_once: dumps sent at the same time; a further one is answered 503.
    """

    public_url: str = ""
    dumps_at_once: int = 4


@cache
def linked_settings() -> LinkedSettings:
    """Return the settings of this process.

    :raises InputError: a setting that cannot be meant.
    """
    return from_environment(LinkedSettings, "MATTRA_LINKED_")
