"""Outside documents into the graph."""
