"""SHACL shapes and the check that runs them."""
