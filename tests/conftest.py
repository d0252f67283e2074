"""What the tests share: the folder of official texts, and a home of their own."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.service import Service

ROOT = Path(__file__).parent.parent
TOGETHER = {
    "spark": ("tests/ingest/records/test_spark.py",),
    "server": ("tests/ui/test_jobs.py", "tests/ui/test_mcp.py", "tests/ui/test_sparql_samples.py"),
    "models": (
        "tests/qa/test_models.py",
        "tests/qa/test_retrieve.py::test_any_sentence",
        "tests/qa/test_retrieve.py::test_an_unknown_encoder",
    ),
    "knowledge": ("tests/ontology/test_vocabulary.py", "tests/ontology/test_tax_vocabulary.py"),
    "findings": ("tests/ui/test_findings.py",),
    "page": ("tests/ui/page/",),
}
"""What one process runs, for it starts something costly: Spark, a server, a library of models, all
the knowledge in rdflib, a browser. In the order in which they begin: the browser last, when a new
machine has got over its start."""


def _turn(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    return list(TOGETHER).index(group.args[0]) if group else len(TOGETHER)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """Keep together what shares something costly (with ``--dist loadgroup``), and begin with it.

    :raises pytest.UsageError: pytest-xdist did not take the groups, which it would not say.
    """
    for item in items:
        for name, places in TOGETHER.items():
            if item.nodeid.startswith(places):
                item.add_marker(pytest.mark.xdist_group(name))
    grouped = [item for item in items if item.get_closest_marker("xdist_group")]
    # Long groups at the end would keep one process busy while the others have nothing left.
    items.sort(key=_turn)
    yield
    if config.getoption("loadgroup", False) and not all("@" in item.nodeid for item in grouped):
        raise pytest.UsageError("pytest-xdist and this pytest do not group tests together")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests ingest away from the user's graph; indexes may be shared between runs."""
    earlier = os.environ.get("MATTRA_HOME")
    home = tmp_path_factory.mktemp("home")
    cache = Path(os.environ.get("MATTRA_TEST_CACHE", ROOT / ".venv" / "test-cache"))
    for name in ("vectors", "words"):
        (cache / name).mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(cache / name, target_is_directory=True)
    os.environ["MATTRA_HOME"] = str(home)
    yield
    if earlier is None:
        del os.environ["MATTRA_HOME"]
    else:
        os.environ["MATTRA_HOME"] = earlier


@pytest.fixture(scope="session")
def service(_own_home: None) -> Service:
    """The service over the shipped graph, with the bundled encoder."""
    return Service()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official texts; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("MATTRA_SHARED", ROOT.parent / "shared"))
    if not (folder / "law").is_dir():
        pytest.skip(
            "no official texts: set MATTRA_SHARED to the folder that has law/ and standards/"
        )
    return folder


@pytest.fixture(scope="session")
def thai_font() -> str:
    """The name of a Thai font that reportlab can draw with; a test of PDF is skipped without."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = sorted(Path("/usr/share/fonts").glob("**/*.ttf"))
    thai = next((f for f in fonts if re.search("garuda|loma|sarabun|norasi", f.name.lower())), None)
    if thai is None:
        pytest.skip("no Thai font to make a PDF with: apt-get install fonts-thai-tlwg")
    pdfmetrics.registerFont(TTFont("Thai", str(thai)))
    return "Thai"
