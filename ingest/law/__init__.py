"""Laws read from files: cut into parts, read by rule, kept as a named graph."""
