"""A timeline as inline SVG: a bar for each law or standard, and the day chosen."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from graph.thai import BUDDHIST_OFFSET, date_text, first_day, last_day
from qa.guide.model import Span
from ui.guide.words import Say, words

_WIDTH: Final = 760
_LEFT: Final = 12
_RIGHT: Final = 748
_TOP: Final = 58
_ROW: Final = 42
_LONGEST: Final = 108
_MOST_YEARS: Final = 10
_HOLLOW: Final = ("not-yet", "ended", "superseded", "other-year")


def timeline(spans: Sequence[Span], day: str, language: str) -> Markup:
    """Return the spans whose beginning is known as a picture; empty where there is none.

    A span reaches from its beginning to its end, or to the right edge while it has none.

    :param day: the day chosen, as ``YYYY-MM-DD``.
    """
    shown = [span for span in spans if span.begins]
    if not shown:
        return Markup("")
    say = words(language)
    chosen = date.fromisoformat(day)
    scale = _Scale(shown, chosen)
    height = _TOP + _ROW * len(shown) + 8
    rows = [part for n, span in enumerate(shown) for part in _row(span, n, scale, say, language)]
    told = "; ".join(_told(span, say, language) for span in shown)
    about = say("timeline-about", day=date_text(day, language))
    return Markup("".join([  # noqa: S704 - every text in it is escaped
        f'<svg class="g-timeline" xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" '
        f'height="{height}" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'aria-labelledby="g-timeline-title g-timeline-about" font-size="14">',
        f'<title id="g-timeline-title">{escape(say("timeline"))}</title>',
        f'<desc id="g-timeline-about">{escape(about)} {escape(told)}</desc>',
        *_axis(scale, height, language),
        *rows,
        *_chosen(scale, chosen, height, say, language),
        "</svg>",
    ]))  # fmt: skip


class _Scale:
    def __init__(self, spans: Sequence[Span], chosen: date) -> None:
        days = [chosen, *(first_day(s.begins) for s in spans)]
        days += [last_day(s.ends) for s in spans if s.ends]
        self.first, self.last = min(days).year, max(days).year + 1
        self._start = date(self.first, 1, 1).toordinal()
        self._length = date(self.last, 1, 1).toordinal() - self._start

    def x(self, day: date) -> float:
        share = (day.toordinal() - self._start) / self._length
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _axis(scale: _Scale, height: int, language: str) -> Iterator[str]:
    every = max(1, -(-(scale.last - scale.first) // _MOST_YEARS))
    for year in range(scale.first, scale.last, every):
        x = scale.x(date(year, 1, 1))
        name = year + (BUDDHIST_OFFSET if language == "th" else 0)
        yield f'<path class="g-year" d="M{x} 46V{height}" fill="none" stroke="#c3ccd5"/>'
        yield f'<text class="g-quiet" x="{x}" y="40" fill="#52606d">{name}</text>'


def _row(span: Span, place: int, scale: _Scale, say: Say, language: str) -> Iterator[str]:
    y = _TOP + place * _ROW
    start = scale.x(first_day(span.begins))
    end = scale.x(last_day(span.ends)) if span.ends else _RIGHT
    look = "draft" if span.state == "draft" else "hollow" if span.state in _HOLLOW else "solid"
    if span.state in ("unknown", "published"):
        look = "draft"
    fill = "#1b6e46" if look == "solid" else "none"
    dash = ' stroke-dasharray="5 3"' if look == "draft" else ""
    label = _cut(span.label) + (f" · {say('sections', count=span.count)}" if span.count else "")
    state = "" if span.state == "in-force" else f" · {say(f'state-{span.state}')}"
    name = escape(label + state)
    yield f'<text class="g-name" x="{_LEFT}" y="{y + 14}" fill="#1f2933">{name}</text>'
    yield (
        f'<rect class="g-{look}" x="{start}" y="{y + 21}" width="{max(end - start, 4):.1f}" '
        f'height="10" rx="2" fill="{fill}" stroke="#1b6e46" stroke-width="1.5"{dash}>'
        f"<title>{escape(_told(span, say, language))}</title></rect>"
    )


def _told(span: Span, say: Say, language: str) -> str:
    days = date_text(span.begins, language)
    if span.ends:
        days += f" – {date_text(span.ends, language)}"
    return f"{span.label}: {days} ({say(f'state-{span.state}')})"


def _chosen(scale: _Scale, day: date, height: int, say: Say, language: str) -> Iterator[str]:
    x = scale.x(day)
    name = escape(say("chosen-day", day=date_text(day.isoformat(), language)))
    anchor = "start" if x < _WIDTH / 3 else "end"
    yield (
        f'<path class="g-day" d="M{x} 24V{height}" fill="none" stroke="#b3261e" stroke-width="2"/>'
        f'<text class="g-day-name" x="{x}" y="18" text-anchor="{anchor}" font-weight="600" '
        f'fill="#b3261e">{name}</text>'
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
