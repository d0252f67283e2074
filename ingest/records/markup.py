"""Records as JSON and XML, written column by column: the text of a cell is never changed."""

from typing import Final

import polars as pl

from ontology.tax import Dataset

_NUMBER: Final = {
    "integer": r"^-?(0|[1-9][0-9]*)$",
    "decimal": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$",
    "boolean": r"^(true|false)$",
}
"""What may stand in JSON without quotes, by the type of its column."""
_CONTROLS: Final = [chr(code) for code in range(32)]
_JSON: Final = {"\\": "\\\\", '"': '\\"', **{c: f"\\u{ord(c):04x}" for c in _CONTROLS}}
_XML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_NO_XML: Final = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]"
"""Characters that XML 1.0 cannot hold, not even escaped."""


def json_lines(frame: pl.DataFrame, dataset: Dataset) -> pl.Series:
    """Return each record as a JSON object; a cell without a value has no member."""
    members = []
    for name in frame.columns:
        value = pl.col(name)
        text = pl.lit('"') + value.str.replace_many(_JSON) + pl.lit('"')
        column = dataset.column(name)
        plain = _NUMBER.get(column.datatype if column else "")
        if plain:
            text = pl.when(value.str.contains(plain)).then(value).otherwise(text)
        members.append(pl.lit(f'"{name}":') + text)
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return frame.select(pl.lit("{") + joined + pl.lit("}")).to_series()


def xml_elements(frame: pl.DataFrame, dataset: Dataset) -> pl.Series:
    """Return each record as an element with one for each cell that has a value."""
    parts = [
        pl.lit(f"<{name}>")
        + pl.col(name).str.replace_all(_NO_XML, "\ufffd").str.replace_many(_XML)
        + pl.lit(f"</{name}>")
        for name in frame.columns
    ]
    joined = pl.concat_str(parts, ignore_nulls=True)
    slug = dataset.slug
    return frame.select(pl.lit(f"<{slug}>") + joined + pl.lit(f"</{slug}>")).to_series()
