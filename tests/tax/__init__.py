"""Tests of the tax computation."""
