"""Whether the server lives, whether it should be sent requests, and its figures."""

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request, Response

from graph.store import fingerprint
from ui.api import service_of
from ui.documented import answers
from ui.models import Health, Liveness, Readiness
from ui.problem import RefusedError
from ui.serving.clients import may_read_metrics
from ui.serving.metrics import MEDIA, exposition

router = APIRouter(tags=["service"])
_EXAMPLE = {
    "status": "ok", "triples": 46915, "things": {"act": 6, "section": 536, "standard": 30},
    "version": "0.1.0", "graph": "5d1c9a0be2f34a17",
}  # fmt: skip
_READY = {
    "status": "ready",
    "checks": [{"name": "graph", "ok": True}, {"name": "index", "ok": True}],
}


@router.get(
    "/health", operation_id="health", response_model=None, responses=answers(_EXAMPLE, Health)
)
def health(request: Request) -> dict[str, Any]:
    """ระบบยังทำงาน พร้อมขนาดกราฟและรุ่น (lives, with the size of its graph and versions)."""
    return {
        **service_of(request).health(),
        "version": version("mattra"),
        "graph": fingerprint(),
    }


@router.get(
    "/health/live",
    operation_id="live",
    response_model=None,
    responses=answers({"status": "ok"}, Liveness),
)
async def live() -> dict[str, str]:
    """โปรเซสยังตอบ ไม่แตะกราฟ (the process answers; touches no graph)."""
    return {"status": "ok"}


@router.get(
    "/health/ready", operation_id="ready", response_model=None,
    responses=answers(_READY, Readiness, 503),
)  # fmt: skip
def ready(request: Request) -> dict[str, Any]:
    """พร้อมรับคำขอหรือไม่: กราฟ ดัชนี และไม่ได้กำลังปิด (should requests come here)."""
    service = service_of(request)
    checks = {
        "graph": "store" in vars(service),
        "index": "_answerer" in vars(service),
        "open": not getattr(request.app.state, "closing", False),
    }
    missing = ", ".join(name for name, good in checks.items() if not good)
    if missing:
        raise RefusedError(
            503, f"ยังไม่พร้อมรับคำขอ: {missing}", f"not ready for requests: {missing}",
            {"Retry-After": "5"},
        )  # fmt: skip
    return {"status": "ready", "checks": [{"name": name, "ok": True} for name in checks]}


@router.get(
    "/metrics", operation_id="metrics", response_model=None,
    responses=answers("mattra_requests_total 1.0\n", None, 403, media=["text/plain"]),
)  # fmt: skip
def metrics(request: Request) -> Response:
    """ตัวเลขสำหรับ Prometheus เฉพาะเครือข่ายภายใน (figures for Prometheus, inner networks only)."""
    if not may_read_metrics(request.scope, request.app.state.settings):
        raise RefusedError(
            403, "หน้านี้เปิดเฉพาะเครือข่ายใน MATTRA_SERVER_METRICS_FROM",
            "only the networks in MATTRA_SERVER_METRICS_FROM may read this",
        )  # fmt: skip
    return Response(exposition(), media_type=MEDIA)
