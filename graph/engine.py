"""Which engine answers queries: another store, or our own workers over the graph on disk."""

import os
from pathlib import Path

from graph.answers import Engine
from graph.limits import QueryLimits
from graph.pool import Pool
from graph.store import built_store, home, stamp


def engine(limits: QueryLimits) -> Engine:
    """Return the engine over ``MATTRA_SPARQL_URL``, else over our own graph in ``MATTRA_STORE``.

    Nothing is built or started before the first query.

    :raises InputError: the setting is no address.
    """
    address = os.environ.get("MATTRA_SPARQL_URL", "").strip()
    if address:
        from graph.remote import Remote

        return Remote(address, limits)
    folder = Path(os.environ.get("MATTRA_STORE") or home() / "store")
    return Pool(lambda: built_store(folder), limits, stamp)
