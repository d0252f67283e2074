"""A checklist shown: as HTML for the page, and as a document to attach to a memo."""
