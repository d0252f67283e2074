"""Tax records over HTTP: the columns of a data set, and checking an upload."""

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, Request, Response, UploadFile

from graph.errors import InputError, UnknownRefError
from graph.view import View
from ontology import iri
from ontology.tax import datasets
from ui.api import service_of

router = APIRouter()
MOST_BYTES: Final = 200 * 2**20
"""An upload; larger files are for the command line."""
_PIECE: Final = 2**20
_TYPES: Final = {
    "text": "text/plain; charset=utf-8", "json": "application/json",
    "csv": "text/csv; charset=utf-8", "ttl": "text/turtle",
    "html": "text/html; charset=utf-8", "junit": "application/xml",
}  # fmt: skip
Form_ = Literal["text", "json", "csv", "ttl", "html", "junit"]


@router.get("/api/fields/{dataset}")
def fields(dataset: str) -> list[dict[str, Any]]:
    """Return the columns of a data set: type, code list, personal data, and the rules on each."""
    from ingest.records.fields import fields as describe

    if dataset not in datasets():
        raise UnknownRefError(
            f"ไม่รู้จักชุดข้อมูล {dataset} เลือกจาก {', '.join(datasets())}",
            f"no data set {dataset}; choose from {', '.join(datasets())}",
        )
    return describe(dataset)


@router.post("/api/validate")
def validate(
    request: Request,
    file: UploadFile,
    dataset: Annotated[str, Form()],
    format: Annotated[Form_, Form()] = "json",
) -> Response:
    """Check a file of tax records. The upload is deleted when the report is made."""
    from ingest.records.checking import dataset_of
    from ingest.records.checking import validate as check
    from shapes.reports import writer

    dataset_of(dataset)
    with tempfile.TemporaryDirectory() as folder:
        # Nothing of the name but its last part: it may hold a path.
        path = Path(folder) / (PurePath(file.filename or "").name or "records.csv")
        _keep(file, path)
        report = check([path], dataset)
        out = Path(folder) / "report~"
        with out.open("wb") as handle:
            writer(format)(report, handle, all=True, labels=labels(request))
        return Response(out.read_bytes(), media_type=_TYPES[format])


def _keep(file: UploadFile, path: Path) -> None:
    taken = 0
    try:
        with path.open("wb") as handle:
            while piece := file.file.read(_PIECE):
                taken += len(piece)
                if taken > MOST_BYTES:
                    most = MOST_BYTES // 2**20
                    raise InputError(
                        f"ไฟล์ใหญ่เกิน {most} MB ใช้คำสั่ง mattra validate ในเครื่องแทน",
                        f"the file is above {most} MB; use the command mattra validate instead",
                    )
                handle.write(piece)
    except (OSError, ValueError) as error:
        raise InputError(
            "ชื่อไฟล์ใช้ไม่ได้ เปลี่ยนชื่อแล้วลองใหม่", "the file's name cannot be used"
        ) from error


def labels(request: Request) -> Callable[[str], str]:
    """Return what names the source of a rule in Thai."""
    from pyoxigraph import NamedNode

    view = View(service_of(request).store)
    return lambda ref: view.label(NamedNode(iri(ref))) or ref
