"""The policy of each page, and the layer that writes it, without a browser."""

import asyncio
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.serving.policy import PageLayer, hashes_of

T = TypeVar("T")


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/docs", "/id/pdpa-2562/37", "/ns", "/sparql", "/id/no"]
)
def test_no_page_lets_a_browser_load_from_elsewhere_or_run_what_is_not_its_own(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    parts = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert parts["default-src"] == parts["connect-src"] == parts["base-uri"] == "'self'"
    assert parts["object-src"] == "'none'"
    assert parts["form-action"] == parts["frame-ancestors"] == "'self'"
    assert "unsafe" not in parts["script-src"]
    assert parts["script-src"].split()[1:] == (
        hashes_of(answer.text) if path in ("/", "/en/", "/docs") else []
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"\son[a-z]+=\"|javascript:", answer.text)


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_nothing_of_a_request_is_in_a_page_whose_scripts_all_run(
    client: httpx.Client, path: str
) -> None:
    hostile = "</script><script>alert(1)</script>"
    page = client.get(
        path, params={"q": hostile, "tab": hostile, "__theme": hostile, "deep_link": hostile},
        headers={"x-forwarded-host": hostile, "referer": hostile, "cookie": f"a={hostile}"},
    )  # fmt: skip
    assert "alert(1)" not in page.text


def test_english_stands_below_en_and_no_query_is_lost(client: httpx.Client) -> None:
    answer = client.get("/en?tab=guide&q=%E0%B8%81", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/en/?tab=guide&q=%E0%B8%81")
    assert '<html\n\tlang="en"' in client.get("/en/").text
    assert '<html\n\tlang="th"' in client.get("/").text
    assert client.get("/en/nothing").headers["content-type"] == "application/problem+json"


def test_no_other_name_of_gradio_is_on_the_page(client: httpx.Client) -> None:
    text = client.get("/").text
    assert "raw.githubusercontent.com" not in text
    assert "twitter" not in text
    assert "<base" not in text


async def _through(app: Any, path: str = "/") -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    await PageLayer(app, str.upper)(scope, receive, send)
    return sent


def _app(*bodies: tuple[bytes, bool], media: bytes = b"text/html; charset=utf-8") -> Any:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", media)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for body, more in bodies:
            await send({"type": "http.response.body", "body": body, "more_body": more})

    return app


def _run(work: Coroutine[Any, Any, T]) -> T:
    # In a thread of its own: the browser's loop may run in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _bodies(sent: list[Message]) -> list[bytes]:
    return [m["body"] for m in sent if m["type"] == "http.response.body"]


async def _all(*apps: Any, path: str = "/") -> list[list[Message]]:
    return [await _through(app, path) for app in apps]


def test_a_page_comes_whole_or_not_at_all_and_other_bodies_as_they_come() -> None:
    pieces = (b"<p>a", True), (b"b</p>", False)
    whole, cut, stream = _run(
        _all(_app(*pieces), _app((b"<p>a", True)), _app(*pieces, media=b"text/event-stream"))
    )
    assert _bodies(whole) == [b"<P>AB</P>"]
    assert cut == []
    assert _bodies(stream) == [b"<p>a", b"b</p>"]
    (below,) = _run(_all(_app(*pieces), path="/gradio_api/x"))
    assert _bodies(below) == [b"<p>a", b"b</p>"]
