"""Vectors of the shipped knowledge, made by ``make vectors``."""
