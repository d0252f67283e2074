"""``python -m bench [NAME …]``: prints tables, each figure beside a peer's in the same run."""

import sys

from rich.console import Console

from bench import (
    answers,
    endpoint,
    extraction,
    fuzzing,
    growth,
    loading,
    page,
    records,
    scaling,
    soak,
    streaming,
    training,
)

PARTS = {
    "loading": loading.run,
    "answers": answers.run,
    "train": training.run,
    "extraction": extraction.run,
    "records": records.run,
    "records-10m": records.run_large,
    "scaling": scaling.run,
    "growth": growth.run,
    "fuzz": fuzzing.run,
    "sparql-streaming": streaming.run,
    "page": page.run,
    "soak": soak.run,
    "endpoint": endpoint.run,
    "endpoint-graph": endpoint.run_graph,
    "endpoint-tax": endpoint.run_tax,
}
DEFAULT = ("loading", "answers", "extraction", "records", "endpoint")


def main(names: list[str]) -> int:
    """Run the named parts, or the usual ones; returns the exit code."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no part {unknown[0]}; choose from {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in names or DEFAULT:
        PARTS[name](Console(width=130))
    return 0


sys.exit(main(sys.argv[1:]))
