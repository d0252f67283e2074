"""The knowledge that ships: one Turtle file, one named graph."""
