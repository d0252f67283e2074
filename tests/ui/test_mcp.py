"""The tools for assistants, called by the protocol's own client from a server of its own."""

import json
import sys
from typing import Any

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client

from ingest.records.template import template
from tests.ui.serving_process import Served

pytestmark = pytest.mark.slow
TOOLS = {"ask", "applies", "show", "query", "validate"}


async def _say(client: Client, tool: str, **arguments: Any) -> tuple[bool, str]:
    result = await client.call_tool(tool, arguments)
    text = "".join(getattr(part, "text", "") for part in result.content)
    return bool(result.is_error), text


async def _use(client: Client) -> None:
    listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == TOOLS
    for tool in listed.tools:
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert any("ก" <= letter <= "๛" for letter in tool.description or "")
    failed, text = await _say(client, "ask", question="มสพร. 7 คืออะไร")
    assert not failed
    assert json.loads(text)["citations"][0]["ref"] == "mspr-7-2565"
    failed, text = await _say(client, "applies", description="รับชำระค่าธรรมเนียมออนไลน์")
    assert "mspr-6-6-2567" in text
    failed, text = await _say(client, "show", ref="พ.ร.บ.รัฐบาลดิจิทัล ม.๑๒")
    assert json.loads(text)["ref"] == "dgov-2562/12"
    failed, text = await _say(client, "query", sparql="ASK { id:dgov-2562 a m:Act }")
    assert json.loads(text)["boolean"] is True
    searching = 'SELECT ?r { ?r m:search "ลายมือชื่ออิเล็กทรอนิกส์" }'
    failed, text = await _say(client, "query", sparql=searching, format="csv")
    assert "mspr-7-2565" in text
    records = template("assessment", "csv").decode("utf-8-sig")
    failed, text = await _say(client, "validate", records=records, dataset="assessment")
    assert json.loads(text)["conforms"] is True
    failed, _ = await _say(client, "ask", question="มสพร. 7 คืออะไร", as_of=86400)
    assert failed
    for name, arguments in (
        ("show", {"ref": "mspr-99"}),
        ("query", {"sparql": "DROP ALL"}),
        ("query", {"sparql": "SELECT * { ?s ?p ?o . ?t ?q ?r }"}),
        ("query", {"sparql": "ASK {}", "format": "ttl"}),
        ("validate", {"records": "x", "dataset": "none"}),
    ):
        failed, text = await _say(client, name, **arguments)
        assert failed, name
        assert any("ก" <= letter <= "๛" for letter in text), (name, text)


def test_tools_over_http(server: Served) -> None:
    async def use(address: str) -> None:
        async with Client(address) as client:
            await _use(client)

    anyio.run(use, f"{server.url}/mcp")


def test_tools_over_standard_input() -> None:
    async def use() -> None:
        how = StdioServerParameters(command=sys.executable, args=["-m", "ui", "mcp"])
        async with Client(stdio_client(how)) as client:
            listed = await client.list_tools()
            assert {tool.name for tool in listed.tools} == TOOLS

    anyio.run(use)
