"""The error of this layer."""


class ShapesError(ValueError):
    """A shapes graph that would check nothing, or not what its author meant."""
