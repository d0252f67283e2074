"""CSV in any usual writing is read back cell by cell, with the row a spreadsheet shows."""

import csv
import io
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.records.blanks import strip
from ingest.records.limits import Limits
from ingest.records.reading import Reading, open_records
from ontology.tax import datasets

OWNER = datasets()["owner"]
TEXTS = [c.name for c in OWNER.columns if c.datatype == "string"][:5]
FILES = count()


@pytest.fixture(scope="module")
def folder() -> object:
    with TemporaryDirectory() as name:
        yield Path(name)


def write(folder: Path, data: bytes | str, suffix: str = ".csv") -> Path:
    path = folder / f"f{next(FILES)}{suffix}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(path: Path, **limits: int) -> tuple[Reading, pl.DataFrame]:
    reading = open_records(path, OWNER, Limits(**limits))
    frames = [frame.select(pl.exclude(r"^.*@$")) for frame in reading.chunks()]
    return reading, pl.concat(frames) if frames else pl.DataFrame()


CELL = st.one_of(
    st.text(st.sampled_from('กขา้1aZ",;|\t\n .-'), max_size=8),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]),
        max_size=5,
    ),
)
ROWS = st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=1, max_size=25)


@pytest.mark.slow
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=ROWS,
    separator=st.sampled_from(",\t;|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.sampled_from([1, 7, 64, 500, 1 << 16]),
    blank=st.sets(st.integers(0, 24), max_size=4),
)
def test_what_is_written_is_read(
    folder: Path, rows: list[list[str]], separator: str, encoding: str, ends: str, quoting: int, block: int,
    blank: set[int],
) -> None:  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=ends, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(TEXTS)
    expected, row = [], 1
    for number, cells in enumerate(rows):
        if number in blank:
            text.write(ends)
            row += 1
        writer.writerow(cells)
        row += 1
        bare = [strip(cell) or None for cell in cells]
        if any(bare):
            expected.append((row, *bare))
    path = write(folder, text.getvalue().encode(encoding))
    reading, frame = read(path, block_bytes=block)
    assert frame.rows() == expected
    assert not reading.header_findings or {f.kind for f in reading.header_findings} == {"missing"}
    assert reading.row_findings == []
    assert reading.bytes_read == path.stat().st_size


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_thai_in_cp874(folder: Path, separator: str) -> None:
    rows = [[column.name_th for column in OWNER.columns if column.name in TEXTS]]
    rows += [[f"สมชาย ใจดี {n}", "บ้านเลขที่ ๑๒/๓", "", "ก", "ข"] for n in range(50)]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    for block in (16, 1 << 20):
        reading, frame = read(write(folder, text.getvalue().encode("cp874")), block_bytes=block)
        assert frame.rows() == [
            (n, *(cell or None for cell in row)) for n, row in enumerate(rows[1:], 2)
        ]
        assert (reading.encoding, reading.notes["cp874"], reading.separator) == (
            "cp874",
            1,
            separator,
        )


def test_thai_that_comes_late(folder: Path) -> None:
    """The encoding of a file whose start is ASCII shows only further down."""
    head = ",".join(TEXTS[:2]) + "\n" + "1,2\n" * 100_000
    for encoding in ("cp874", "utf-8"):
        reading, frame = read(
            write(folder, head.encode() + "ก,ข\n".encode(encoding)), block_bytes=1 << 16
        )
        assert frame.rows()[-1] == (100_002, "ก", "ข")
        assert reading.encoding == encoding


def test_old_mac_lines(folder: Path) -> None:
    reading, frame = read(
        write(folder, ",".join(TEXTS) + "\r1,2,3,4,5\r\r6,7,8,9,0\r"), block_bytes=9
    )
    assert [row[:2] for row in frame.rows()] == [(2, "1"), (4, "6")]
    assert reading.notes["cr-lines"] == 1


def test_a_line_that_names_the_delimiter_is_no_row(folder: Path) -> None:
    reading, frame = read(write(folder, "sep=;\n" + ";".join(TEXTS[:2]) + "\n1,5;2\n"))
    assert frame.rows() == [(2, "1,5", "2")]
    assert reading.separator == ";"


def test_titles_and_blank_lines_above_the_header(folder: Path) -> None:
    text = 'รายงาน,"สอง\nบรรทัด"\n\n,\n' + ",".join(TEXTS[:2]) + "\n\n\n1,2\n , \n3,4\n"
    for block in (3, 1 << 20):
        reading, frame = read(write(folder, text), block_bytes=block)
        assert frame.rows() == [(7, "1", "2"), (9, "3", "4")]
        assert reading.header_row == 4
        assert reading.notes == {"header-below": 3, "blank-row": 3}


@pytest.mark.parametrize("block", [1, 40, 1 << 20])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("quote", ["x", '"q"'])
def test_rows_with_too_many_or_too_few_cells(
    folder: Path, block: int, ends: str, quote: str
) -> None:
    lines = [
        ",".join(TEXTS),
        f"1,{quote},3,4,5",
        "1,1,234.50,4,5,6",
        "1,2,3",
        "a,b,c,d,e",
        "1,2,3,4,5,,",
        "7",
        "",
        ",,,,,,",
        "8,,,,",
        "9,,,,e",
    ]
    reading, frame = read(write(folder, ends.join(lines) + ends), block_bytes=block)
    assert [(row[0], row[1], row[5]) for row in frame.rows()] == [
        (2, "1", "5"), (4, "1", None), (5, "a", "e"), (6, "1", "5"), (7, "7", None), (10, "8", None), (11, "9", "e"),
    ]  # fmt: skip
    assert [(f.kind, f.row, f.found, f.expected) for f in reading.row_findings] == [
        ("ragged", 3, 6, 5), ("short", 4, 3, 5), ("short", 7, 1, 5),
    ]  # fmt: skip
    assert (reading.notes["extra-empty-cells"], reading.notes["blank-row"]) == (1, 2)
    assert all(f.th and f.en for f in reading.row_findings)


@pytest.mark.parametrize("block", [1, 30, 1 << 20])
def test_quotes_where_none_should_be(folder: Path, block: int) -> None:
    lines = [
        ",".join(TEXTS[:2]),
        '12" pipe,b',
        'a,"b"',
        '"x"y,z',
        ' "q",r',
        'c,d""e',
        '"multi\nline","f"',
        'g,"h" ',
    ]
    reading, frame = read(write(folder, "\n".join(lines) + "\n"), block_bytes=block)
    assert frame.rows() == [
        (2, '12" pipe', "b"), (3, "a", "b"), (4, "xy", "z"), (5, '"q"', "r"), (6, "c", 'd""e'), (7, "multi\nline", "f"), (8, "g", "h"),
    ]  # fmt: skip
    assert [(f.kind, f.row) for f in reading.row_findings] == [
        ("stray-quote", 4),
        ("stray-quote", 8),
    ]


@pytest.mark.parametrize("block", [1, 30, 1 << 20])
def test_a_carriage_return_within_a_row(folder: Path, block: int) -> None:
    text = ",".join(TEXTS[:2]) + '\n1,2\n3,\r4\n"5\r6",7\r\n8,9\n'
    reading, frame = read(write(folder, text), block_bytes=block)
    assert frame.rows() == [(2, "1", "2"), (4, "5\r6", "7"), (5, "8", "9")]
    assert [(f.kind, f.row) for f in reading.row_findings] == [("line-break", 3)]


def test_a_file_that_was_cut_off(folder: Path) -> None:
    reading, frame = read(write(folder, ",".join(TEXTS) + "\n1,2,3,4,5\n6,7,8"))
    assert frame.height == 2
    assert [(f.kind, f.row, f.found) for f in reading.row_findings] == [("short", 3, 3)]
    reading, frame = read(write(folder, ",".join(TEXTS) + "\n1,2,3,4,5\n6,7,8,9,"))
    assert reading.row_findings == []


def test_many_rows_unlike_the_header_are_counted(folder: Path) -> None:
    reading, frame = read(
        write(folder, ",".join(TEXTS[:2]) + "\n" + "1,2,3\n" * 5_000), max_row_findings=100
    )
    assert frame.is_empty()
    assert (len(reading.row_findings), reading.row_finding_count) == (100, 5_000)


def test_frames_are_no_longer_than_asked(folder: Path) -> None:
    path = write(folder, ",".join(TEXTS[:2]) + "\n" + "1,2\n" * 25_000)
    frames = list(open_records(path, OWNER, Limits(chunk_rows=1_000)).chunks())
    assert [frame.height for frame in frames] == [1_000] * 25
    assert pl.concat(frames)["row"].to_list() == list(range(2, 25_002))


def test_a_large_file_as_the_standard_library_reads_it(folder: Path) -> None:
    """Many rows, so that the parser of polars shares them out between threads."""
    rows = []
    for n in range(60_000):
        odd = {0: f'a"b{n}', 1: f"two\nlines {n}", 2: f"1,{n}", 3: '""'}.get(n % 997, f"ถนน{n}")
        rows.append([str(n), odd, "" if n % 5 else "x", "P", f"{n * 7}"])
    text = io.StringIO(newline="")
    csv.writer(text).writerows([TEXTS, *rows])
    for block in (1 << 18, 1 << 24):
        _, frame = read(write(folder, text.getvalue()), block_bytes=block)
        assert frame.rows() == [
            (n, *(cell or None for cell in row)) for n, row in enumerate(rows, 2)
        ]


def outcome(path: Path, block: int) -> object:
    try:
        reading, frame = read(path, block_bytes=block)
    except InputError as error:
        return error.en
    findings = sorted((f.row, f.kind, f.found) for f in reading.row_findings)
    return frame.rows(), findings, dict(reading.notes)


ODD = st.sampled_from(
    ["a", '"b"', '"c,d"', '"e\nf"', 'g"h', "", '""', '"i""j"', '"k"x', " ", '"', "\r", "ก"]
)


@pytest.mark.slow
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.lists(ODD, min_size=1, max_size=4), max_size=8),
    ends=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_where_a_block_ends_makes_no_difference(
    folder: Path, rows: list[list[str]], ends: str, last: bool
) -> None:
    """Not even in a file whose quotes and line ends are out of order."""
    lines = [",".join(TEXTS[:3]), *(",".join(row) for row in rows)]
    path = write(folder, ends.join(lines) + ends * last)
    whole = outcome(path, 1 << 20)
    for block in (1, 2, 5, 13):
        assert outcome(path, block) == whole
