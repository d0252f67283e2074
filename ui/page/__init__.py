"""The Gradio page, in Thai and in English; no logic that the command line or the API lack.

How a tab is added:

1. Write ``ui/page/<module>.py`` with ``draw(served, language)``; its docstring says the job.
2. Write ``ui/page/words/<module>.py`` with ``WORDS``, key to (Thai, English); ``<tab>.tab`` is the
   tab's label. Add the module to ``ui/page/words/__init__.py``.
3. Add one line to ``TABS`` in ``ui/page/frame.py``. The order there is the order on the page.
4. Show HTML by ``result`` of ``ui/page/fragments.py`` and ``fragment(html)``; never by ``gr.HTML``
   and never with ``js=``: both need ``unsafe-eval``, which the policy forbids.
5. Name a box ``<tab>-q`` and its button ``<tab>-go`` (``elem_id``): ``?tab=<tab>&q=…`` fills and
   presses them.
6. Styles go to ``ui/static/<module>.css``, scripts to ``ui/static/<module>.js``, both served as
   files and named in ``ui/templates/page/head.html``.
7. Tests go to ``tests/ui/page/test_<module>.py``; add the tab's name and a way to fill it to
   ``FILLED`` in ``tests/ui/page/conftest.py``: axe, the policy and the widths are then tested. Add
   it to ``ADDRESSES`` in ``bench/pictures.py`` too.
"""

from ui.page.frame import TABS, build
from ui.page.mounting import mount

__all__ = ["TABS", "build", "mount"]
