"""Work done in the background, one step ahead of who uses it."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Final, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
_END: Final = object()


def ahead(items: Generator[_T]) -> Generator[_T]:
    """Yield what a generator yields, taking the next from it while the last one is used.

    >>> list(ahead(n for n in [1, 2, 3]))
    [1, 2, 3]
    """
    with closing(items), ThreadPoolExecutor(1, thread_name_prefix="records") as pool:
        coming = pool.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = pool.submit(next, items, _END)
            yield item  # type: ignore[misc]


def side_by_side(use: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[_R]:
    """Yield what a function makes of each item, in order, as many at a time as there are cores.

    No more items are taken than are being worked on and one more.

    >>> list(side_by_side(abs, [-1, 2]))
    [1, 2]
    """
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    with ThreadPoolExecutor(workers, thread_name_prefix="judging") as pool:
        running: deque[Future[_R]] = deque()
        for item in items:
            running.append(pool.submit(use, item))
            if len(running) > workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
