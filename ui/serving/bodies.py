"""How large a request's body may be and how long it may take, whatever its headers say."""

import asyncio
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problem import RefusedError, of_exception
from ui.settings import ServerSettings

_FORM_AROUND: Final = 64 * 2**10
"""What a multipart form may add to a file: its borders and other fields."""
_UPLOADS: Final = ("/api/validate", "/gradio_api/upload", "/en/gradio_api/upload")


class Bodies:
    """Answers 413 before or while a body is read, 408 when it stops coming."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._most(scope)
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        refusal: RefusedError | None = None
        if not re.fullmatch("[0-9]{1,18}", length):
            refusal = RefusedError(
                400, "ส่วนหัว Content-Length ต้องเป็นจำนวนเต็ม", "Content-Length must be an integer"
            )
        elif int(length) > most:
            refusal = _too_large(most)
        if refusal:
            answer = of_exception(scope, refusal)
            if answer is not None:
                # Else the client would go on sending what nobody reads.
                answer.headers["Connection"] = "close"
                await answer(scope, receive, send)
            return
        taken = 0
        ended = False

        async def counting() -> Message:
            nonlocal taken, ended
            if ended:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.settings.body_idle_seconds or None)
            except TimeoutError:
                raise RefusedError(
                    408,
                    f"ไม่ได้รับเนื้อหาของคำขอนานเกิน {self.settings.body_idle_seconds:g} วินาที ส่งใหม่",
                    f"nothing came for {self.settings.body_idle_seconds:g} s; send it again",
                    {"Connection": "close"},
                ) from None
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                ended = not message.get("more_body", False)
                if taken > most:
                    raise _too_large(most)
            return message

        await self.app(scope, counting, send)

    def _most(self, scope: Scope) -> int:
        if scope["path"].startswith(_UPLOADS) and scope["method"] == "POST":
            return self.settings.max_upload_bytes + _FORM_AROUND
        return self.settings.max_body_bytes


def _too_large(most: int) -> RefusedError:
    size = f"{most // 2**20:,} MB" if most >= 2**20 else f"{most:,} bytes"
    return RefusedError(
        413, f"คำขอใหญ่เกิน {size} แบ่งส่ง หรือใช้คำสั่ง mattra ในเครื่องแทน",
        f"the request is above {size}; split it or use the command mattra instead",
        {"Connection": "close"},
    )  # fmt: skip
