"""What the routes give that no class of the service describes: shapes for the OpenAPI document.

Answers, searches, applicable things and one thing described are documented by the very classes
that they are made of (``qa.model``, ``qa.facets``, ``graph.things``).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

Severity = Literal["violation", "warning", "info"]
JobState = Literal["waiting", "checking", "done", "failed"]


def _whole(text: str) -> str:
    # JSON can spell half of a surrogate pair, which no encoding of text can.
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise PydanticCustomError("string_unicode", "half of a surrogate pair is no character")
    return text


Words = Annotated[str, AfterValidator(_whole)]
"""Text of a user, whole characters only."""


def _written(value: object) -> object:
    # A number would be taken for seconds since 1970.
    if isinstance(value, int | float):
        raise PydanticKnownError("date_type")
    return value


Day = Annotated[date, BeforeValidator(_written)]
"""A day as it is written, YYYY-MM-DD."""


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FieldError(_Exact):
    """One wrong field of a request; what was sent is not repeated."""

    in_: str = Field(alias="in", description="body, query, path or header")
    pointer: str = Field(description="JSON pointer to the field (RFC 6901)")
    kind: str
    detail_th: str
    detail_en: str


class Problem(_Exact):
    """Any error, as RFC 9457 describes it."""

    type: str = Field(description="a page that explains this kind of error")
    title: str
    status: int
    detail: str
    detail_th: str
    detail_en: str
    request_id: str = Field(description="the same as in the header X-Request-ID and the log")
    errors: list[FieldError] = Field(default=[], description="with status 422 only")


class Finding(_Exact):
    """One cell that breaks one rule; ``row`` is what a spreadsheet shows."""

    rule: str
    severity: Severity
    file: str
    row: int
    column: str
    value: str
    message_th: str
    message_en: str
    source: str
    focus: str
    path: str
    hint_th: str = ""
    hint_en: str = ""


class Counts(_Exact):
    """How many findings there are of each severity."""

    violation: int
    warning: int
    info: int


class Note(_Exact):
    """Something about the reading or the rules."""

    th: str
    en: str


class Report(_Exact):
    """What the check of a file found."""

    conforms: bool
    dataset: str
    files: list[str]
    records: int
    counts: Counts
    truncated: bool
    notes: list[Note]
    findings: list[Finding]
    engine: str
    took_ms: float


class Job(_Exact):
    """A file that is being checked, or was."""

    id: str
    state: JobState
    dataset: str
    format: str
    bytes: int = Field(description="size of the file")
    bytes_read: int
    rows: int = Field(description="records read so far")
    rows_per_second: float
    created: str = Field(description="UTC")
    expires: str | None = Field(description="when the report is deleted, UTC; once it is done")
    problem: Problem | None = Field(description="why it failed")
    links: dict[str, str] = Field(description="addresses: self, report once it is done")


class RuleCount(_Exact):
    """A broken rule, and how often."""

    rule: str
    severity: Severity
    title_th: str
    title_en: str
    source: str
    count: int


class ColumnCount(_Exact):
    """A column with findings; its name is empty where whole rows are wrong."""

    column: str
    name_th: str
    count: int


class FileRow(_Exact):
    """A row of the file that was checked, each cell as it was typed."""

    row: int
    cells: dict[str, str | None]


class Findings(_Exact):
    """A page of the findings of a check, with counts of all of them."""

    dataset: str
    files: list[str]
    records: int
    counts: Counts
    by_rule: list[RuleCount] = Field(description="gravest first; of the whole report")
    by_column: list[ColumnCount] = Field(description="most first; of the whole report")
    total: int = Field(description="findings that the filters leave, on all pages")
    offset: int
    limit: int
    findings: list[Finding]
    rows: list[FileRow]


class ReckonedProperty(_Exact):
    """What is taxed, as it was understood; sums in baht."""

    use: str
    year: int = Field(description="tax year, B.E.")
    land: str
    building: str
    structure: str | None
    age: int | None
    natural_person: bool
    vacant_years: int
    special_reduction: int | None
    old_tax: str | None


class ReckonedStep(_Exact):
    """One step of a tax computation, and the section behind it."""

    key: str
    label: str
    label_en: str
    formula: str
    amount: str = Field(description="baht, with commas")
    ref: str
    source: str
    certainty: str
    note: str


class ReckonedDue(_Exact):
    """When the tax is due."""

    by: str = Field(description="in Thai words")
    last_day: str = Field(description="the last day in time, ISO 8601")
    ref: str
    certainty: str
    note: str


class Reckoning(_Exact):
    """The land and building tax of one property; sums in baht with two decimals."""

    property: ReckonedProperty
    steps: list[ReckonedStep]
    tax: str
    total: str = Field(description="with penalty and surcharge")
    certainty: str
    due: ReckonedDue | None
    assumed: list[str]
    assumed_en: list[str]


class ReadinessCheck(_Exact):
    """One thing that has to be so before requests should come."""

    name: str
    ok: bool


class Readiness(_Exact):
    """Whether requests should be sent here."""

    status: Literal["ready"]
    checks: list[ReadinessCheck]


class Liveness(_Exact):
    """The process answers."""

    status: Literal["ok"]


class Health(_Exact):
    """The process answers, with the size of its graph."""

    status: Literal["ok"]
    triples: int
    things: dict[str, int]
    version: str
    graph: str = Field(description="changes when the knowledge does")


class Feedback(_Exact):
    """What was kept of a user's verdict: question and note without personal data."""

    time: str = Field(description="UTC")
    verdict: Literal["up", "down"]
    question: str
    note: str
    refs: list[str]
    graph: str = Field(description="the state of the knowledge that answered")
    version: str


class CodeList(_Exact):
    """The codes that a column takes; of a long list the first."""

    scheme: str
    count: int
    first: list[dict[str, str]]


class ColumnRule(_Exact):
    """A rule on a column."""

    number: str
    severity: Severity
    title_th: str
    title_en: str
    source: str


class Column(_Exact):
    """One column of a data set."""

    name: str
    name_th: str
    name_en: str
    official_name: str
    datatype: str
    required: bool
    key: bool
    link: str
    code_list: CodeList | None
    unit: str
    personal_data: str
    form: str
    form_column: str
    definition_th: str
    definition_en: str
    example: str
    rules: list[ColumnRule]
