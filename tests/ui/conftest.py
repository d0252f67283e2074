"""A server that the tests of this folder share."""

from collections.abc import Iterator

import pytest

from tests.ui.serving_process import Served, served


@pytest.fixture(scope="session")
def server(_own_home: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server, which keeps reports for four seconds."""
    with served(tmp_path_factory.mktemp("tmp"), MATTRA_SERVER_RESULT_SECONDS="4") as server:
        yield server
