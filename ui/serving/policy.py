"""What a browser may load: nothing from elsewhere, and of scripts inside a page only its own.

Content Security Policy Level 3 (W3C), section 6.7.3: an inline script runs where the policy holds
the SHA-256 of its text.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT: Final = re.compile(r"<script(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script>", re.S | re.I)


def policy(hashes: Iterable[str] = ()) -> str:
    """Return a Content-Security-Policy.

    Styles may be inline, for Gradio and Swagger UI set them from scripts; scripts may not.

    :param hashes: sources of the inline scripts that may run, such as ``'sha256-…'``.

    >>> policy(["'sha256-x'"]).split("; ")[1]
    "script-src 'self' 'sha256-x'"
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def hashes_of(page: str) -> list[str]:
    """Return the sources of a page's inline scripts, in their order.

    >>> hashes_of("<script>1</script><script src=a></script>")
    ["'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]
    """
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in dict.fromkeys(_SCRIPT.findall(page))
    ]


class PageLayer:
    """Around the application of one page: changes its HTML, and gives it a policy of its own.

    Only the page at the application's root is held back whole; all else passes as it comes.

    :param change: makes of the page's HTML what is sent; no text of a request may be in it, for
        every script in it will run.
    """

    def __init__(self, app: ASGIApp, change: Callable[[str], str]) -> None:
        self.app, self._change = app, change
        self._page = GZipMiddleware(self._held, minimum_size=1_000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        below = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        page = scope["type"] == "http" and below in ("", "/")
        await (self._page if page else self.app)(scope, receive, send)

    async def _held(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The page must come uncompressed to be read here.
        headers = [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]
        start: Message | None = None
        body = bytearray()

        async def holding(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if _is_html(message):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                # Where no last piece comes nothing was sent, so nothing seems whole.
                if not message.get("more_body", False):
                    await self._send(start, bytes(body), send)
                return
            await send(message)

        await self.app({**scope, "headers": headers}, receive, holding)

    async def _send(self, start: Message, body: bytes, send: Send) -> None:
        page = self._change(body.decode())
        sent = page.encode()
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(sent))
        headers["Content-Security-Policy"] = policy(hashes_of(page))
        headers["Cache-Control"] = "no-cache"
        await send(start)
        await send({"type": "http.response.body", "body": sent})


def _is_html(start: Message) -> bool:
    media = dict(start.get("headers", ())).get(b"content-type", b"")
    return bool(media.startswith(b"text/html"))
