"""The land and building tax computed from the figures of the graph, each step with its source."""
