"""The pages that the ``type`` of an error leads to."""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.problem import RefusedError
from ui.problem_kinds import KINDS

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html><html lang="th"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · mattra</title><link rel="stylesheet" href="/files/mattra.css">
<link rel="icon" href="/favicon.svg"><body class="m-page"><main>{body}
<p><a href="/problems">ข้อผิดพลาดทั้งหมด (all errors)</a> · <a href="/docs">API</a></p>
</main></body></html>"""


@router.get("/problems")
def kinds() -> HTMLResponse:
    """List the kinds of errors."""
    lines = "".join(
        f'<li><a href="/problems/{slug}"><code>{slug}</code></a> {kind.status} '
        f'{escape(kind.title_th)} <span lang="en">({escape(kind.title)})</span></li>'
        for slug, kind in KINDS.items()
    )
    return _page("ข้อผิดพลาด", f"<h1>ข้อผิดพลาดของ API</h1><ul>{lines}</ul>")


@router.get("/problems/{slug}")
def kind(slug: str) -> HTMLResponse:
    """Say what one kind of error means and what to do."""
    if slug not in KINDS:
        raise RefusedError(
            404, "ไม่มีข้อผิดพลาดชนิดนี้ ดู /problems", "no such kind of error; see /problems"
        )
    its = KINDS[slug]
    return _page(
        its.title_th,
        f"<h1>{its.status} {escape(its.title_th)}</h1><p>{escape(its.help_th)}</p>"
        f'<section lang="en"><h2>{escape(its.title)}</h2><p>{escape(its.help_en)}</p></section>',
    )


def _page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body))
