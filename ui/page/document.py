"""The HTML that Gradio sends, made a document of ours: language, title, header, footer.

They are there with the first byte, before any of Gradio's scripts has run.
"""

import re
from collections.abc import Callable
from typing import Final

from ui.html import ENVIRONMENT
from ui.page.words import words

_FOREIGN: Final = re.compile(
    r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>|\s*<link rel="manifest"[^>]*>'
    r"|\s*<base [^>]*>"
)
"""What tells sharing sites about Gradio instead of this page; a manifest that is not there; and a
base, by which a link to a place in the page would leave its query behind."""


def whole(language: str) -> Callable[[str], str]:
    r"""Return what makes Gradio's page a page in a language.

    >>> page = '<html lang="en"><head></head><body><gradio-app></gradio-app></body></html>'
    >>> whole("th")(page)[:30]
    '<html lang="th"><head>\n<meta n'
    """
    say = words(language)
    head, top, foot = (
        ENVIRONMENT.get_template(f"page/{part}.html").render(say=say, language=language)
        for part in ("head", "top", "foot")
    )

    def changed(page: str) -> str:
        page = _FOREIGN.sub("", page)
        page = re.sub(r'(<html\s[^>]*?lang=")[a-z-]+"', rf'\g<1>{language}"', page, count=1)
        page = re.sub(r"(?=</head>)", lambda _: head, page, count=1)
        page = re.sub(r"(?=<gradio-app)", lambda _: top, page, count=1)
        return re.sub(r"(?<=</gradio-app>)", lambda _: foot, page, count=1)

    return changed
