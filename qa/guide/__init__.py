"""From choices about a piece of work to a checklist of what applies to it, all from the graph."""

from qa.guide.build import Guider
from qa.guide.choices import Asked, Choices
from qa.guide.model import Checklist

__all__ = ["Asked", "Checklist", "Choices", "Guider"]
