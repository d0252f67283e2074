"""Questions: understanding, finding, answering, measuring."""
