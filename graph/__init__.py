"""The RDF store: loading, rules, queries and the description of one thing."""
