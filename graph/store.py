"""The store: the shipped knowledge, what was ingested, and what follows from both by rule.

Each source is a named graph. ``graph/catalog`` describes the others: where each came from
(PROV), under which licence, when it was loaded and whether it was derived.
"""

import hashlib
import os
import re
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

import ontology
from graph.errors import InputError
from ontology.tax import vocabulary_files
from shapes.tax import tax_shapes_files

CATALOG: Final = NamedNode(ontology.GRAPH + "catalog")
DERIVED: Final = ontology.GRAPH + "derived/"
INGESTED: Final = ontology.GRAPH + "ingested/"
PAGE_NODE: Final = "/page-"
"""What the IRI of a node read from a page has between its thing's and its own."""
LICENCE: Final = NamedNode("http://www.apache.org/licenses/LICENSE-2.0")
_XSD: Final = ontology.PREFIXES["xsd"]


def home() -> Path:
    """Return the folder for ingested graphs and built indexes (``MATTRA_HOME``)."""
    return Path(os.environ.get("MATTRA_HOME") or user_data_path("mattra"))


def ingested_files() -> list[Path]:
    """Return the N-Quads files of ingested graphs, by name."""
    return sorted((home() / "graphs").glob("*.nq"))


def shipped_graphs() -> dict[str, Traversable]:
    """Return the Turtle files that ship, by the name of the graph that each is loaded into.

    Beside the knowledge they are the vocabulary of tax records (``tax-vocabulary``, with its code
    lists and alignments) and the shapes that records are checked by (``tax-shapes-must`` …).
    """
    return {
        "ontology": ontology.vocabulary_file(),
        "functions": ontology.functions_file(),
        **{file.name.removesuffix(".ttl"): file for file in ontology.knowledge_files()},
        **{_tax_graph("vocabulary", name): file for name, file in vocabulary_files().items()},
        **{
            _tax_graph("shapes", file.name.removesuffix(".ttl")): file
            for file in tax_shapes_files()
        },
    }


def _tax_graph(kind: str, name: str) -> str:
    return f"tax-{kind}" if name == "tax" else f"tax-{kind}-{name}"


@cache
def fingerprint() -> str:
    """Return a hash over everything that is loaded: it changes when the graph would."""
    digest = hashlib.sha256()
    for name, shipped in shipped_graphs().items():
        digest.update(name.encode() + b"\0" + shipped.read_bytes())
    for rule in _rules():
        digest.update(rule.name.encode() + b"\0" + rule.read_bytes())
    for path in ingested_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def open_store(folder: Path | None = None) -> Store:
    """Return the whole graph, in memory or, given a folder, on disk.

    A folder is built once (beside, then moved into place) and afterwards opened read-only, so
    that several processes may share it; it is built again when the knowledge has changed.

    :raises InputError: an ingested graph or the folder cannot be read.
    """
    if folder is None:
        store = Store()
        _fill(store)
        return store
    return Store.read_only(str(built_store(folder)))


def built_store(folder: Path) -> Path:
    """Return the folder of the on-disk store of the knowledge as it is, building it if need be.

    Each state of the knowledge has its own folder within, so that processes that still read an
    earlier one are not disturbed; earlier ones that no process reads any more are deleted. One
    that cannot be opened is set aside and built again.

    :raises InputError: an ingested graph cannot be read, or the folder cannot be written.
    """
    # Not at the top: files are locked so on POSIX only, and the rest of this module runs anywhere.
    from graph.states import hold, tidy

    fingerprint.cache_clear()
    built = folder / fingerprint()
    try:
        if built.exists() and not _opens(built):
            built.rename(tempfile.mkdtemp(prefix=".broken-", dir=folder))
        if not built.exists():
            _build(folder, built)
            tidy(folder, built)
        hold(built)
    except OSError as error:
        raise InputError(
            f"สร้างกราฟบนดิสก์ที่ {folder} ไม่ได้ ตรวจพื้นที่ว่างและสิทธิ์ หรือกำหนด MATTRA_STORE ใหม่",
            f"cannot build the store in {folder}: {error}; "
            "free space and check rights, or set MATTRA_STORE elsewhere",
        ) from error
    return built


def stamp() -> tuple[tuple[str, int, int], ...]:
    """Return a value that is cheap to get and changes when what was ingested does."""
    files = ((path, path.stat()) for path in ingested_files())
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in files)


def _opens(built: Path) -> bool:
    try:
        return len(Store.read_only(str(built))) > 0
    except (OSError, ValueError, RuntimeError):
        return False


def _build(folder: Path, built: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        store = Store(str(scratch))
        _fill(store)
        store.optimize()
        del store
        scratch.rename(built)
    except OSError:
        # Another process finished the same build first, or there is no room.
        if not built.exists():
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _rules() -> list[Path]:
    folder = Path(str(files("graph.rules")))
    return sorted(folder.glob("*.rq"))


def _fill(store: Store) -> None:
    now = Literal(
        datetime.now(UTC).isoformat(timespec="seconds"), datatype=NamedNode(_XSD + "dateTime")
    )
    for name, file in shipped_graphs().items():
        graph = NamedNode(ontology.GRAPH + name)
        store.load(file.read_bytes(), format=RdfFormat.TURTLE, to_graph=graph)
        _describe(store, graph, f"ความรู้ที่มากับโปรแกรม: {file.name}", now)
        store.add(Quad(graph, _term("dcterms:license"), LICENCE, CATALOG))
    for path in ingested_files():
        try:
            store.load(path=str(path), format=RdfFormat.N_QUADS)
        except (SyntaxError, OSError) as error:
            raise InputError(
                f"อ่านกราฟที่นำเข้าไว้ไม่ได้: {path.name} ลบไฟล์นี้แล้วนำเข้าเอกสารต้นทางใหม่",
                f"cannot read the ingested graph {path}: {error}; "
                "delete the file and ingest its source again",
            ) from error
    for path in _rules():
        _derive(store, path, now)


def _derive(store: Store, path: Path, now: Literal) -> None:
    query = path.read_text(encoding="utf-8")
    graph = NamedNode(DERIVED + re.sub(r"^\d+-", "", path.stem))
    derived = store.query(query, use_default_graph_as_union=True)
    store.extend([Quad(t.subject, t.predicate, t.object, graph) for t in derived])  # type: ignore[union-attr]
    _describe(store, graph, query.splitlines()[0].lstrip("# "), now)
    rule = NamedNode(f"{ontology.ID}rule/{path.stem}")
    store.add(Quad(graph, _term("prov:wasGeneratedBy"), rule, CATALOG))


def _describe(store: Store, graph: NamedNode, title: str, now: Literal) -> None:
    store.add(Quad(graph, _term("rdf:type"), _term("prov:Entity"), CATALOG))
    store.add(Quad(graph, _term("dcterms:title"), Literal(title), CATALOG))
    store.add(Quad(graph, _term("prov:generatedAtTime"), now, CATALOG))


def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(ontology.PREFIXES[prefix] + name)


def save_ingested(name: str, quads: list[Quad]) -> Path:
    """Write one ingested graph, whole or not at all, and return its file.

    :param name: file name without ending; the same name replaces the earlier version.
    :raises InputError: the folder cannot be written.
    """
    target = home() / "graphs" / f"{name}.nq"
    scratch = target.with_suffix(".part")
    store = Store()
    store.extend(quads)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        store.dump(str(scratch), format=RdfFormat.N_QUADS)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise InputError(
            f"เขียนกราฟลง {target.parent} ไม่ได้ ตรวจพื้นที่ว่างและสิทธิ์ หรือกำหนด MATTRA_HOME ใหม่",
            f"cannot write to {target.parent}: {error}; free space, or set MATTRA_HOME elsewhere",
        ) from error
    fingerprint.cache_clear()
    return target
