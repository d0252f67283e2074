"""Words and addresses of the page, without a browser."""

import re
from importlib.resources import files

import pytest

from tests.ui.page.conftest import FILLED
from ui.page.frame import TABS
from ui.page.words import MODULES, WORDS


def test_no_key_lacks_a_language_or_is_said_twice() -> None:
    assert len(WORDS) == sum(len(module.WORDS) for module in MODULES)
    for key, texts in WORDS.items():
        assert len(texts) == 2, key
        assert all(text.strip() for text in texts), key
        blanks = [set(re.findall(r"{(\w+)}", text)) for text in texts]
        assert blanks[0] == blanks[1], key


def test_each_word_is_used_and_each_that_is_used_is_there() -> None:
    ui = files("ui")
    sources = [f for folder in ("page", "templates/page") for f in ui.joinpath(folder).iterdir()]
    text = "\n".join(f.read_text() for f in sources if f.name.endswith((".py", ".html")))
    used = set(re.findall(r'"((?:frame|\w+)\.[a-z-]+)"', text)) & {
        key
        for key in re.findall(r'"([\w-]+\.[\w-]+)"', text)
        if not key.endswith((".html", ".svg"))
    }
    made = {f"{tab.name}.{part}" for tab in TABS for part in ("tab", "box", "hint", "go")}
    assert {
        key for key in used if key.partition(".")[0] in {k.partition(".")[0] for k in WORDS}
    } <= set(WORDS)
    assert set(WORDS) <= used | made


@pytest.mark.parametrize("tab", [tab.name for tab in TABS])
def test_each_tab_has_a_label_and_is_tested_with_something_in_it(tab: str) -> None:
    assert f"{tab}.tab" in WORDS
    assert tab in FILLED
