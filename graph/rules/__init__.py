"""Inference rules, one SPARQL CONSTRUCT a file; what each yields lives in a graph of its name."""
