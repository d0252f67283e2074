"""Which names a request may ask for: a page elsewhere must not reach this machine by a name."""

import re
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.problem import problem
from ui.settings import ServerSettings

_HOST: Final = re.compile(r"(\[[0-9a-f:.%]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)\.?(?::\d{1,5})?")


class Hosts:
    """Refuses a request whose Host header is missing, doubled, malformed or not allowed."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist("host")
        name = name_of(given[0]) if len(given) == 1 else None
        if name is None:
            refusal = problem(
                scope, 400,
                "ส่วนหัว Host ต้องมีหนึ่งค่าและเป็นชื่อโฮสต์", "the Host header must be one host name",
            )  # fmt: skip
        elif not allowed(name, self.settings.hosts):
            refusal = problem(
                scope, 421,
                f"เซิร์ฟเวอร์นี้ไม่รับชื่อโฮสต์ {name} ผู้ดูแลเพิ่มได้ใน MATTRA_SERVER_ALLOWED_HOSTS",
                f"this server does not answer for {name}; see MATTRA_SERVER_ALLOWED_HOSTS",
            )  # fmt: skip
        else:
            await self.app(scope, receive, send)
            return
        await refusal(scope, receive, send)


def name_of(header: str) -> str | None:
    """Return the host's name in small letters without its port; None of what is no host.

    >>> name_of("API.example.go.th:8080"), name_of("[::1]:80"), name_of("a b")
    ('api.example.go.th', '::1', None)
    """
    match = _HOST.fullmatch(header.lower())
    return match[1].strip("[]") if match else None


def allowed(name: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether a name may be asked for.

    >>> allowed("127.0.0.1", ()), allowed("evil.example", ()), allowed("a.b.th", ("*.b.th",))
    (True, False, True)
    """
    if "." not in name and ":" not in name:
        return True
    try:
        ip_address(name)
    except ValueError:
        return any(_matches(name, pattern) for pattern in hosts)
    return True


def _matches(name: str, pattern: str) -> bool:
    if pattern == "*":
        return True
    return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern
