"""The tab where a file of tax records is checked; its script sends it to the job routes.

The file goes to ``POST /api/validate`` itself, not through Gradio, whose upload copies it once
more and shows nothing of the check.
"""

from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from ontology.tax import datasets
from shapes.reports.wording import bare
from ui.drawing import Bar, tallies
from ui.findings_api import PAGE, Filter, Offset, kept_of
from ui.html import ENVIRONMENT
from ui.jobs.files import moment
from ui.jobs_api import found
from ui.models import Severity, Words
from ui.page.excerpts import excerpts
from ui.page.fragments import result, show
from ui.page.served import Served
from ui.page.words import words
from ui.records_api import fields, labels
from ui.settings import ServerSettings

router = APIRouter(include_in_schema=False)
_BARS: Final = 10
_NAMED: Final = {"violation": "check.violation", "warning": "check.warning", "info": "check.info"}


def draw(served: Served, language: str) -> None:
    """Draw the form that sends a file, and the place of what was found."""
    settings = ServerSettings.from_environment()
    say = words(language)
    show(
        ENVIRONMENT.get_template("page/check.html").render(
            say=say, language=language, datasets=datasets().values(),
            most=settings.max_upload_bytes, most_text=size_text(settings.max_upload_bytes),
            time=time_text(settings.result_seconds, language),
        )
    )  # fmt: skip
    result("check", "")


@router.get("/page/check/fields")
def fields_fragment(dataset: Words, language: str = "th") -> HTMLResponse:
    """Return the columns of a data set as a table."""
    language = "en" if language == "en" else "th"
    return HTMLResponse(
        ENVIRONMENT.get_template("page/fields.html").render(
            fields=fields(dataset), say=words(language), language=language
        )
    )


@router.get("/page/check/{id}")
async def findings_fragment(
    request: Request,
    id: str,
    language: str = "th",
    rule: Filter = None,
    severity: Severity | None = None,
    column: Filter = None,
    offset: Offset = 0,
) -> HTMLResponse:
    """Return what a check found, a page of it, with pictures and the wrong rows."""
    language = "en" if language == "en" else "th"
    chosen = {"rule": rule, "severity": severity, "column": column}
    return await run_in_threadpool(_findings, request, id, language, chosen, offset)


def _findings(
    request: Request, id_: str, language: str, chosen: dict[str, Any], offset: int
) -> HTMLResponse:
    files, state = found(request, id_)
    kept = kept_of(files, state)
    page = kept.page(offset, PAGE, **chosen)
    report, say = kept.empty, words(language)
    named = {each: say(key) for each, key in _NAMED.items()}
    label = cache(labels(request.app.state.service))
    broken = [(kept.rules[name], count) for name, count in kept.by_rule.items()]
    seconds = request.app.state.settings.result_seconds
    titles = {rule.id: rule.title_th if language == "th" else rule.title_en for rule, _ in broken}
    pictures = (
        tallies(
            say("check.by-severity"),
            [Bar(name, kept.counts[each], each) for each, name in named.items()],
            "bars-severity",
        ),
        tallies(
            say("check.by-rule"),
            [
                Bar(f"{rule.id} {titles[rule.id]}", count, rule.severity)
                for rule, count in sorted(broken, key=lambda each: -each[1])[:_BARS]
            ],
            "bars-rule",
        ),
        tallies(
            say("check.by-column"),
            [
                Bar(report.headings.get(name, name) or say("check.whole-row"), count)
                for name, count in list(kept.by_column.items())[:_BARS]
            ],
            "bars-column",
        ),
    )
    return HTMLResponse(
        ENVIRONMENT.get_template("page/findings.html").render(
            say=say, language=language, id=id_, report=report, kept=kept, page=page,
            title=datasets()[report.dataset].label_th if language == "th"
            else datasets()[report.dataset].label_en,
            total=sum(kept.counts.values()), severities=list(named), named=named,
            bare=bare, chosen=chosen, offset=offset,
            size=PAGE, broken=broken, titles=titles, label=label, pictures=pictures,
            excerpts=excerpts(kept, page.findings, page.rows),
            notes=[th if language == "th" else en for th, en in report.notes],
            expires=moment(state.finished + seconds),
        )
    )  # fmt: skip


def size_text(size: int) -> str:
    """Return a size for reading.

    >>> size_text(200 * 2**20), size_text(1536)
    ('200 MB', '2 kB')
    """
    return f"{size / 2**20:.0f} MB" if size >= 2**20 else f"{size / 2**10:.0f} kB"


def time_text(seconds: float, language: str) -> str:
    """Return a span for reading.

    >>> time_text(3600, "th"), time_text(90, "en"), time_text(4, "th")
    ('60 นาที', '2 minutes', '4 วินาที')
    """
    thai = language == "th"
    if seconds < 60:
        return f"{seconds:g} " + ("วินาที" if thai else "seconds")
    return f"{seconds / 60:.0f} " + ("นาที" if thai else "minutes")
