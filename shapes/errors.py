"""The errors of this layer."""


class ShapesError(ValueError):
    """A shapes graph that would check nothing, or not what its author meant."""


class UncoveredError(Exception):
    """A shape that the columnar plan does not cover; a triple engine takes it."""
