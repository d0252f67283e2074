"""The one family of errors that users see."""


class MattraError(Exception):
    """What went wrong, said to the user in Thai and English.

    :param th: one sentence in Thai that says what is wrong and how to mend it.
    :param en: the same in English.
    """

    title = "could not run"
    status = 500

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} ({en})")
        self.th = th
        self.en = en


class InputError(MattraError):
    """The input cannot be read or used as it is."""

    title = "unusable input"
    status = 400


class UnknownRefError(MattraError):
    """No thing in the graph has this name."""

    title = "unknown ref"
    status = 404


class QueryError(MattraError):
    """The query is not allowed, not valid or took too long."""

    title = "query refused"
    status = 400
