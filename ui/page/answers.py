"""Answers as HTML: a document with its evidence beside it. All text in it is escaped."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from qa.citing import cited_text
from qa.draft import name_of_link
from qa.marking import Piece, pieces, wanted_words
from qa.model import Answer
from qa.service import Service
from ui.html import ENVIRONMENT
from ui.page.blocks import OPEN_POINTS, blocks_of, lead_of
from ui.page.paths import paths_picture
from ui.page.words import Say, words


@dataclass(frozen=True)
class Turn:
    """A question and its answer in a conversation.

    :param before: the questions that it may go on from, oldest first.
    :param begun: only the first sentence is shown yet.
    """

    answer: Answer
    before: tuple[str, ...]
    begun: bool = False

    @property
    def link(self) -> str:
        """The query string that opens this answer again, for the day that it was given for."""
        asked = {"tab": "ask", "q": self.answer.question, "as-of": self.answer.as_of}
        return "?" + urlencode([*asked.items(), *(("after", each) for each in self.before)])


def thread_html(service: Service, turns: Sequence[Turn], language: str) -> str:
    """Return a conversation, the newest answer last.

    :param language: of the labels; the text is in each answer's own.
    """
    say = words(language)
    return ENVIRONMENT.get_template("page/thread.html").render(
        turns=turns, say=say, language=language, lead_of=lead_of, blocks_of=blocks_of,
        open_points=OPEN_POINTS, numbered=_numbered, cited_text=cited_text, picture=paths_picture,
        marked=_marked, place_of=_places(service, language), name=name_of_link,
    )  # fmt: skip


def _marked(answer: Answer) -> Callable[[str], list[Piece]]:
    """Return what cuts an excerpt into pieces, by the words that matter to an answer."""
    read = str(answer.understood.get("read_as", answer.question))
    wanted = wanted_words(read, [fact.text for fact in answer.facts])
    return lambda text: pieces(text, wanted)


def _places(service: Service, language: str) -> Callable[[str], str]:
    """Return what names the place of a fact: its thing, with the item in it."""
    things = service.retriever.things

    def place(ref: str) -> str:
        whole, mark, item = ref.partition("(")
        thing = things.get(whole)
        if thing is None:
            return ref
        if thing.kind == "standard" and thing.number:
            return thing.number
        label = thing.label if language == "th" else thing.label_en or thing.label
        return f"{label} {mark}{item}".strip()

    return place


def _numbered(line: str, count: int, turn: int, say: Say) -> Markup:
    """Return a line of an answer whose [n] lead to the evidence."""
    safe = str(escape(line))
    return Markup(  # noqa: S704 - escaped just above
        re.sub(
            r"\[(\d+)\]",
            lambda m: (
                f'<a class="cite" href="#cite-{turn}-{m[1]}" '
                f'aria-label="{say("ask.source", n=m[1])}">[{m[1]}]</a>'
                if 1 <= int(m[1]) <= count
                else m[0]
            ),
            safe,
        )
    )
