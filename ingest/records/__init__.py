"""Tables of tax records: read, checked, made up, written."""
