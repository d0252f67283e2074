"""Templates have every column of the table and one record that shows how to fill it."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from graph.errors import InputError
from ingest.records.checking import validate
from ingest.records.template import FORMATS, example, template
from ontology.tax import datasets
from ontology.tax.codes import code_lists
from tests.ingest.records.triples import TODAY, found

pytestmark = pytest.mark.slow

DATASETS = sorted(datasets())


@pytest.mark.parametrize("dataset", DATASETS)
def test_csv_has_the_headers_and_the_example(dataset: str) -> None:
    data = template(dataset, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    header, *records = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    columns = datasets()[dataset].columns
    assert header == [column.name for column in columns]
    assert records == [[column.example for column in columns]]


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_required_column_has_an_example(dataset: str) -> None:
    for column in datasets()[dataset].columns:
        assert column.example or not column.required, column.name


@pytest.mark.parametrize("dataset", DATASETS)
def test_json_and_xml_have_the_same_record(dataset: str) -> None:
    (record,) = json.loads(template(dataset, "json"), parse_float=str, parse_int=str)
    root = etree.fromstring(template(dataset, "xml"))
    cells = {cell.tag: cell.text for cell in root[0]}
    expected = {k: v for k, v in example(datasets()[dataset]).row(0, named=True).items() if v}
    assert cells == expected
    assert {k: str(v).lower() if isinstance(v, bool) else v for k, v in record.items()} == expected


@pytest.mark.parametrize("dataset", DATASETS)
def test_workbooks_explain_their_columns(dataset: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(dataset, "xlsx")))
    columns = datasets()[dataset].columns
    assert book.sheetnames[:2] == [dataset, "คำอธิบาย"]
    sheet, explained = book[dataset], book["คำอธิบาย"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in columns]
    assert sheet.max_row == 2
    for place, column in enumerate(columns):
        cell = sheet.cell(1, place + 1)
        assert cell.comment is not None
        assert column.name_th in cell.comment.text
        assert explained.cell(place + 2, 1).value == column.name
        if column.datatype in ("string", "code", "date"):
            # A run of columns of the same format is one entry.
            (format_,) = (
                run.number_format
                for run in sheet.column_dimensions.values()
                if run.min <= place + 1 <= run.max
            )
            assert format_ == "@"
            assert sheet.cell(2, place + 1).data_type == "s" or not column.example


@pytest.mark.parametrize("dataset", DATASETS)
def test_workbooks_offer_the_codes_of_short_lists(dataset: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(dataset, "xlsx")))
    sheet = book[dataset]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        place = next(iter(rule.sqref.ranges)).min_col
        offered[datasets()[dataset].columns[place - 1].name] = rule.formula1
    for column in datasets()[dataset].columns:
        if column.datatype == "boolean":
            assert offered[column.name] == '"true,false"'
        elif column.code_list in code_lists():
            title, _, cells = offered[column.name].partition("!")
            listed = [row[0].value for row in book[title.strip("'")][cells.replace("$", "")]]
            assert listed == [code.notation for code in code_lists()[column.code_list].values()]
        else:
            assert column.name not in offered


def test_the_same_template_is_the_same_file() -> None:
    for fmt in FORMATS:
        assert template("owner", fmt) == template("owner", fmt)


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(InputError, match="csv, xlsx, json, xml"):
        template("owner", "pdf")


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_example_is_valid(dataset: str, tmp_path: Path) -> None:
    assert found("columns", example(datasets()[dataset]), dataset) == []
    for fmt in FORMATS:
        path = tmp_path / f"template.{fmt}"
        path.write_bytes(template(dataset, fmt))
        report = validate(path, dataset, today=TODAY)
        assert report.conforms, fmt
        assert (report.records, len(report.frame)) == (1, 0)
