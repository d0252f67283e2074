"""Pictures made on the server as SVG: the same input gives the same picture, all text is escaped.

Colours come from the page's style sheet (classes ``d-…`` of ``ui/static/drawing.css``), so that
they suit light and dark; sizes are in pixels.
"""

from ui.drawing.bars import bars
from ui.drawing.network import Edge, Node, network
from ui.drawing.tallies import Bar, tallies

__all__ = ["Bar", "Edge", "Node", "bars", "network", "tallies"]
