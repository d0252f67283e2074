"""The service as tools for assistants (Model Context Protocol): read-only, the same limits."""

import io
import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Annotated, Any, Final, Literal, TypeVar

from anyio.to_thread import run_sync
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette

from graph.errors import MattraError
from qa.service import Service
from qa.text import MAX_QUESTION
from ui.jobs.pool import Jobs
from ui.models import Day, Words
from ui.problem import RefusedError
from ui.serving.metrics import count_answer
from ui.sparql import Endpoint

MOST_QUERY: Final = 20_000
MOST_RECORDS: Final = 1_000_000
"""Characters of records in one call; larger files go to ``POST /api/validate``."""
MOST_ANSWER: Final = 1_000_000
"""Bytes of a query's answer: an assistant cannot read more."""
_INSTRUCTIONS: Final = """มาตรฐานและกฎหมายรัฐบาลดิจิทัลไทย อ่านอย่างเดียว ทุกคำตอบมีแหล่งอ้างอิง
ถ้า abstained เป็นจริง แปลว่าไม่มีข้อมูล ให้บอกผู้ใช้ตามนั้น อย่าเดา
Thai digital-government standards and laws, read-only, with citations. Where `abstained` is true
the graph does not know: say so, do not guess."""
_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Asked = Annotated[Words, Field(min_length=1, max_length=MAX_QUESTION)]
Result = TypeVar("Result")


def tools_of(service: Service, jobs: Jobs, endpoint: Endpoint) -> MCPServer[Any]:
    """Return the tools over a service."""
    server: MCPServer[Any] = MCPServer(
        "mattra", title="mattra", version=version("mattra"), instructions=_INSTRUCTIONS,
        log_level="WARNING",
    )  # fmt: skip

    @server.tool(annotations=_READS, structured_output=False, description=_text(
        "ถามเรื่องมาตรฐานรัฐบาลดิจิทัล กฎหมาย และภาษีที่ดิน ได้คำตอบพร้อมแหล่งอ้างอิง",
        "Answer a question on Thai digital-government standards, laws or land tax, cited.",
    ))  # fmt: skip
    async def ask(question: Asked, as_of: Day | None = None) -> str:
        answer = await _safely(service.ask, question, as_of)
        count_answer(answer)
        return _json(answer.to_dict())

    @server.tool(annotations=_READS, structured_output=False, description=_text(
        "มาตรฐานและมาตราใดใช้กับงานที่บรรยาย พร้อมเหตุผลเป็นเส้นทางในกราฟ",
        "Which standards and sections apply to the work described, and why.",
    ))  # fmt: skip
    async def applies(description: Asked) -> str:
        return _json((await _safely(service.applies, description)).to_dict())

    @server.tool(annotations=_READS, structured_output=False, description=_text(
        "ข้อเท็จจริงทั้งหมดของสิ่งหนึ่ง ref เขียนอย่างที่คนเขียนได้ เช่น มสพร. 7-2565 หรือ pdpa-2562/37",
        "All facts of one thing; the ref may be written as people write it.",
    ))  # fmt: skip
    async def show(ref: Asked) -> str:
        return _json((await _safely(service.show, ref)).to_dict())

    @server.tool(annotations=_READS, structured_output=False, description=_text(
        "ถามกราฟด้วย SPARQL 1.1 อ่านอย่างเดียว ไม่ต้องประกาศ prefix ของเรา ใส่ LIMIT เสมอ",
        "Query the graph with SPARQL 1.1, read-only; our prefixes need not be declared; use LIMIT. "
        "SELECT and ASK give json, csv or tsv; CONSTRUCT and DESCRIBE give ttl, nt or jsonld.",
    ))  # fmt: skip
    async def query(
        sparql: Annotated[Words, Field(min_length=1, max_length=MOST_QUERY)],
        format: Literal["json", "csv", "tsv", "ttl", "nt", "jsonld"] = "json",
    ) -> str:
        found = await _safely(endpoint.whole, sparql, format, "mcp", MOST_ANSWER)
        return found.decode()

    @server.tool(annotations=_READS, structured_output=False, description=_text(
        "ตรวจระเบียนภาษีที่ดิน (CSV, JSON หรือ XML) กับกฎทุกข้อ ลบทันทีที่ตรวจเสร็จ",
        "Check land-tax records (CSV, JSON or XML text) against all rules; deleted at once.",
    ))  # fmt: skip
    async def validate(
        records: Annotated[Words, Field(min_length=1, max_length=MOST_RECORDS)],
        dataset: Annotated[
            Words, Field(description="assessment, parcel, building, owner, payment …")
        ],
        name: Annotated[Words, Field(max_length=100)] = "records.csv",
    ) -> str:
        return await _safely(check_records, jobs, records, dataset, name)

    return server


def http_app(server: MCPServer[Any]) -> Starlette:
    """Return the endpoint ``/mcp``: streamable HTTP without sessions, so that any worker will do.

    The server's own layer checks the Host header and the size of a body.
    """
    return server.streamable_http_app(
        streamable_http_path="/mcp", json_response=True, stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )  # fmt: skip


def check_records(jobs: Jobs, records: str, dataset: str, name: str) -> str:
    """Return the report on some records, as JSON text; nothing of them is kept.

    :raises MattraError: they cannot be read.
    """
    from ingest.records.checking import dataset_of

    dataset_of(dataset)
    job = jobs.submit(io.BytesIO(records.encode()), name, dataset, "json")
    try:
        state = job.ended.result()
        if state is None:
            raise ToolError("การตรวจถูกหยุด ส่งใหม่ (the check was stopped; send it again)")
        if state.status:
            raise MattraError(state.th, state.en)
        return job.files.report.read_text(encoding="utf-8")
    finally:
        job.files.delete()


async def _safely(call: Callable[..., Result], *arguments: Any) -> Result:
    """Run a call in a thread; what it refuses becomes one clear sentence."""
    try:
        return await run_sync(partial(call, *arguments))
    except (MattraError, RefusedError) as error:
        raise ToolError(f"{error.th} ({error.en})") from error


def _text(thai: str, english: str) -> str:
    return f"{thai}\n{english}"


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
