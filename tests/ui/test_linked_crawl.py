"""Every link that the service emits answers, from the lists and through every page."""

import os
import re
import zlib
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from ui.linked.finding import Found, find
from ui.linked.negotiation import split_ending
from ui.server import create_app

pytestmark = pytest.mark.slow
STARTS = ("/id", "/concept", "/ns", "/shapes", "/dump", "/ns/tax", "/ns/tax/ladm")
SHARE = 1 if os.environ.get("MATTRA_CRAWL") == "all" else 15
"""Of the pages of one kind, one in so many is opened; of the others it is seen that they answer."""
MANY = re.compile(r"/id/[^/]+/.|/(doc/)?concept/[^/]+/.")


class _Links(HTMLParser):
    """Links and anchors of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and value:
                self.links.add(value)
            elif name == "id" and value:
                self.anchors.add(value)


FILE = re.compile(r"/doc/.*\.(ttl|nt|jsonld|rdf)(\?|$)|/api/refs/")


def _skipped(path: str) -> bool:
    """Tell whether a page or file is one of many alike that need not be opened."""
    share = SHARE * 5 if FILE.match(path) else SHARE if MANY.match(path) else 1
    return zlib.crc32(path.encode()) % share > 0


def _answers(service: Service, path: str) -> bool:
    """Tell whether a path names something, without opening it."""
    name = re.sub(r"^/(id|doc|api/refs)/|^/(?=concept/)", "", path.partition("?")[0])
    ref, _ = split_ending(unquote(name))
    found = find(service, ref)
    # An event or legal basis is told on its thing's page.
    return isinstance(found, Found) or found.path.startswith("#")


def test_every_link_answers(service: Service) -> None:
    client = TestClient(create_app(service), raise_server_exceptions=False)
    waiting, seen, broken = list(STARTS), set(STARTS), []
    anchors: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting:
        path = waiting.pop()
        if _skipped(path):
            if not _answers(service, path):
                broken.append((path, 404))
            continue
        response = client.get(path, headers={"accept": "text/html"})
        if response.status_code != 200:
            broken.append((path, response.status_code))
        if not response.headers["content-type"].startswith("text/html") or path == "/":
            continue
        page = _Links()
        page.feed(response.text)
        here = str(response.url.path)
        anchors[here] = page.anchors
        for link in page.links:
            target, _, anchor = link.partition("#")
            if link.startswith(("http://", "https://")):
                assert "//testserver" not in link, f"{path} names the host"
                continue
            assert link.startswith(("/", "#")), (path, link)
            if anchor:
                wanted.add((target or here, anchor))
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert broken == []
    assert len(anchors) > 150
    assert len(seen) > 3000
    assert [(page, a) for page, a in wanted if a not in anchors.get(page, {a})] == []
