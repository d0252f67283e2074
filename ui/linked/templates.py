"""The templates of pages, with what all pages need."""

from typing import Any

from ui.html import ENVIRONMENT


def render(template: str, /, **values: Any) -> str:
    """Return a page from its template; all values are escaped."""
    return ENVIRONMENT.get_template(template).render(**values)
