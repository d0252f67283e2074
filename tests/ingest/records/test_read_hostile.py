"""Whatever file is given, the answer is one clear error or findings: no traceback, no hang."""

import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.records.limits import Limits
from ingest.records.reading import Reading, open_records
from ontology.tax import datasets

OWNER = datasets()["owner"]
TEXTS = [c.name for c in OWNER.columns if c.datatype == "string"][:3]
HEADER = ",".join(TEXTS)


def read(path: Path, **limits: int) -> Reading:
    reading = open_records(path, OWNER, Limits(**limits))
    for _ in reading.chunks():
        pass
    return reading


def refused(path: Path, *words: str, **limits: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **limits)
    error = caught.value
    assert error.th
    assert error.en
    for word in words:
        assert word in error.en, error.en
    return error


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    "suffix", ["csv", "xlsx", "json", "ndjson", "xml", "parquet", "ttl", "nt", "jsonld"]
)
def test_empty_files(tmp_path: Path, suffix: str) -> None:
    refused(put(tmp_path, f"a.{suffix}", b""), "empty")


@pytest.mark.parametrize("text", ["\n\n\n", " ", "\ufeff", ",,,\n"])
def test_nothing_but_blanks(tmp_path: Path, text: str) -> None:
    refused(put(tmp_path, "a.csv", text))


def test_header_only(tmp_path: Path) -> None:
    for text in (HEADER, HEADER + "\n", HEADER + "\r\n\r\n"):
        reading = read(put(tmp_path, "a.csv", text))
        assert reading.records == 0


def test_nul_bytes(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.csv", f"{HEADER}\n1,2,3\n4,\0,6\n"), "NUL")
    far = f"{HEADER}\n" + "1,2,3\n" * 400_000 + "4,\0,6\n"
    error = refused(put(tmp_path, "b.csv", far), "NUL", block_bytes=2**17)
    assert "400002" in error.en


def test_one_line_of_two_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(f"{HEADER}\n".encode())
        file.truncate(2 * 2**30)
    refused(path)
    path = put(tmp_path, "b.csv", f"{HEADER}\n" + "x" * 3_000_000)
    error = refused(path, "row 2", "longer")
    assert "2" in error.th
    refused(put(tmp_path, "c.csv", "x" * 3_000_000), "longer")
    refused(
        put(tmp_path, "d.csv", f"{HEADER}\n1,2,3\n{'x,' * 900_000}\n1,2,3\n" * 3), "row 3", "longer"
    )


def test_a_cell_too_long(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", f"{HEADER}\n1,2,3\n1,{'ก' * 40_000},3\n")
    refused(path, "row 3", TEXTS[1], "32,767")
    assert read(path, max_cell_chars=50_000).records == 2


def test_a_quote_never_closed(tmp_path: Path) -> None:
    rows = "".join(f"{n},b,c\n" for n in range(3, 60))
    path = put(tmp_path, "a.csv", f'{HEADER}\n1,2,3\n2,"x,3\n{rows}')
    for block in (10, 100, 2**20):
        refused(path, "row 3", "quote", block_bytes=block)
    later = put(tmp_path, "b.csv", f'{HEADER}\n1,2,3\n2,"x,3\n{rows}a,"quoted, well",c\n{rows}')
    for block in (10, 100, 2**20):
        refused(later, "row 3", "quote", block_bytes=block)
    large = put(tmp_path, "c.csv", f'{HEADER}\n1,2,3\n2,"x,3\n{rows * 10_000}')
    refused(large, "row 3", "quote", block_bytes=2**18)
    refused(put(tmp_path, "d.csv", f'"{HEADER}\n1,2,3\n{rows}'))


def test_wrong_encodings(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.csv", f"{HEADER}\n1,caf\xe9 M\xfcller,3\n".encode("latin-1")), "UTF-8")
    refused(put(tmp_path, "b.csv", HEADER.encode() + b"\n1,\x81\xff\xfe,3\n"), "UTF-8")
    mixed = f"{HEADER}\nก,ข,ค\n".encode() * 1 + "เทศบาล,ข,ค\n".encode("cp874") * 9
    refused(put(tmp_path, "c.csv", mixed), block_bytes=20)
    error = refused(
        put(
            tmp_path,
            "d.csv",
            f"{HEADER}\n".encode() + "ก,ข,ค\n".encode() * 99_999 + "เทศบาล,ข,ค\n".encode("cp874"),
        )
    )
    assert "100001" in error.en


def test_garbage(tmp_path: Path) -> None:
    for seed in range(20):
        data = bytes((seed * 7919 + n * n * 31 + n // 3) % 256 for n in range(5_000))
        for suffix in ("csv", "json", "xml", "ttl", "parquet", "xlsx"):
            refused(put(tmp_path, f"a.{suffix}", data))
    refused(put(tmp_path, "b.csv", os.urandom(100_000)))
    refused(put(tmp_path, "c.csv", b"\x89PNG\r\n\x1a\n" + os.urandom(1000)))


@pytest.mark.parametrize(
    "magic", [b"%PDF-1.7", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_other_kinds_of_files(tmp_path: Path, magic: bytes) -> None:
    refused(put(tmp_path, "a.csv", magic + b"x" * 100))
    refused(put(tmp_path, "a.xlsx", magic + b"x" * 100))


def test_a_web_page(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.csv", "<!DOCTYPE html><html><table><tr><td>1</table>"), "HTML")
    refused(put(tmp_path, "a.xls", "<html><table>"), "HTML")


def test_a_zip_archive_named_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("b.csv", f"{HEADER}\n1,2,3\n")
    refused(path, "zip")


def test_a_workbook_named_csv_and_the_reverse(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(TEXTS)
    book.active.append(["1", "2", "3"])
    book.save(tmp_path / "a.xlsx")
    path = (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    reading = read(path)
    assert (reading.format, reading.records, reading.notes["other-suffix"]) == ("xlsx", 1, 1)
    reading = read(put(tmp_path, "b.xlsx", f"{HEADER}\n1,2,3\n"))
    assert (reading.format, reading.records, reading.notes["other-suffix"]) == ("csv", 1, 1)


def test_folders_and_missing_and_locked_files(tmp_path: Path) -> None:
    refused(tmp_path, "folder")
    refused(tmp_path / "none.csv", "no file")
    refused(Path("/dev/zero"), "regular")
    fifo = tmp_path / "fifo.csv"
    os.mkfifo(fifo)
    refused(fifo, "regular")
    locked = put(tmp_path, "a.csv", HEADER)
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        refused(locked, "right to read")
    refused(Path("a\0b.csv"))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    refused(tmp_path / "loop")


def test_too_large(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.csv", HEADER), "MATTRA_RECORDS_MAX_BYTES", max_bytes=5)


def test_twenty_thousand_columns(tmp_path: Path) -> None:
    names = ",".join([*TEXTS, *(f"c{n}" for n in range(20_000))])
    refused(put(tmp_path, "a.csv", f"{names}\n1,2,3\n"), "20,003")
    keys = dict.fromkeys(names.split(","), "1")
    refused(put(tmp_path, "a.json", json.dumps([keys])), "names of columns")
    refused(
        put(tmp_path, "a.ndjson", json.dumps(keys) + "\n" + json.dumps({"ownerId": "1"})),
        "names of columns",
    )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append(names.split(",")[:16_000])
    book.save(tmp_path / "a.xlsx")
    refused(tmp_path / "a.xlsx", "columns")


def test_bombs_in_xml(tmp_path: Path) -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12)
    )
    bomb = f"<?xml version='1.0'?><!DOCTYPE r [{entities}]>"
    refused(
        put(tmp_path, "a.xml", f"{bomb}<r><owner><ownerId>&e11;</ownerId></owner></r>"), "DOCTYPE"
    )
    refused(put(tmp_path, "b.xml", f'{bomb}<r a="&e11;"><owner><ownerId>1</ownerId></owner></r>'))
    secret = put(tmp_path, "secret.txt", "SECRET")
    for entity in (
        f'SYSTEM "file://{secret}"',
        'SYSTEM "http://127.0.0.1:9/x"',
        f'PUBLIC "x" "{secret}"',
    ):
        text = f"<!DOCTYPE r [<!ENTITY x {entity}>]><r><owner><ownerId>&x;</ownerId></owner></r>"
        error = refused(put(tmp_path, "c.xml", text), "DOCTYPE")
        assert "SECRET" not in error.en
    refused(
        put(
            tmp_path,
            "d.xml",
            '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r><owner><ownerId>1</ownerId></owner></r>',
        ),
        "DOCTYPE",
    )
    refused(
        put(
            tmp_path,
            "e.rdf",
            f'{bomb}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&e11;</rdf:RDF>',
        )
    )


def test_deep_nesting(tmp_path: Path) -> None:
    for depth in (100, 5_000, 200_000):
        refused(put(tmp_path, "a.json", "[" * depth))
        refused(put(tmp_path, "a.json", "[" * depth + "]" * depth))
        refused(put(tmp_path, "a.json", '{"a":' * depth + "1" + "}" * depth))
        refused(put(tmp_path, "a.ndjson", '{"a":' * depth + "1" + "}" * depth))
        refused(put(tmp_path, "a.xml", "<a>" * depth + "</a>" * depth))
        refused(
            put(
                tmp_path,
                "a.ttl",
                "<http://a/a> <http://a/b> " + "[ <http://a/b> " * depth + "1" + "]" * depth + " .",
            )
        )


def test_nested_values(tmp_path: Path) -> None:
    refused(
        put(tmp_path, "a.json", '[{"ownerId": "1"}, {"ownerId": {"a": 1}}]'), "record 2", "ownerId"
    )
    refused(
        put(tmp_path, "a.ndjson", '{"ownerId": "1"}\n{"ownerId": [1]}\n'), "record 2", "ownerId"
    )
    refused(
        put(
            tmp_path,
            "a.xml",
            "<r><o><ownerId>1</ownerId></o><o><ownerId><x>1</x></ownerId></o></r>",
        ),
        "record 2",
        "ownerId",
    )


def test_broken_json(tmp_path: Path) -> None:
    for text in ('[{"ownerId": "1"}', '[{"ownerId": "1"},]', '[{"ownerId": "1"}] x', '[{"ownerId" 1}]', "[1, 2]",
                 '{"records": [{"ownerId": 1}]', "[]", '{"records": []}', "{}", "[{}]", '[{"ownerId": "1"} {"ownerId": "2"}]'):  # fmt: skip
        refused(put(tmp_path, "a.json", text))
    refused(put(tmp_path, "b.json", '[{"ownerId": "' + "x" * 3_000_000), "longer")
    refused(
        put(
            tmp_path,
            "c.json",
            '[{"ownerId": "1"}, ' + " " * 100 + '{"ownerId": "' + "x" * 3_000_000 + '"}]',
        ),
        "record 2",
    )
    refused(put(tmp_path, "d.ndjson", '{"ownerId": "' + "x" * 3_000_000 + '"}'), "longer")
    refused(put(tmp_path, "e.ndjson", "{\n" * 100))


@pytest.mark.slow
def test_broken_xml(tmp_path: Path) -> None:
    for text in ("<r>", "<r><o><ownerId>1</o></r>", "<r><o><ownerId>&nbsp;</ownerId></o></r>", "<r/>", "<?xml version='1.0'?>",
                 "<r><o><ownerId>1</ownerId></o>", "<r><o><ownerId>\x01</ownerId></o></r>"):  # fmt: skip
        refused(put(tmp_path, "a.xml", text))
    refused(put(tmp_path, "b.xml", "<r>" + "<x>1</x>" * 600_000 + "</r>"))
    refused(
        put(
            tmp_path,
            "c.xml",
            "<r><o><ownerId>1</ownerId></o>" + f"<x>{'y' * 5_000_000}</x>" + "</r>",
        )
    )


def test_broken_rdf_and_parquet(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.ttl", "@prefix a: <http://a/> . a:b a:c"), "line 1")
    refused(put(tmp_path, "a.nt", "<http://a/b> <http://a/c> .\n"), "line 1")
    refused(put(tmp_path, "a.jsonld", '{"@context": "http://127.0.0.1:9/", "@id": "http://a/b"}'))
    refused(put(tmp_path, "a.parquet", b"PAR1" + b"\0" * 100 + b"PAR1"), "Parquet")
    refused(put(tmp_path, "b.parquet", b"PAR1"), "Parquet")


def test_duplicate_headers(tmp_path: Path) -> None:
    reading = read(put(tmp_path, "a.csv", f"{HEADER},{TEXTS[0]}\n1,2,3,4\n"))
    (found,) = [f for f in reading.header_findings if f.kind == "duplicate"]
    assert (found.header, found.position, found.suggestion) == (TEXTS[0], 4, TEXTS[0])


def test_limits_of_the_environment() -> None:
    assert Limits.from_environment({"MATTRA_RECORDS_MAX_BYTES": "7"}).max_bytes == 7
    for text in ("x", "-1", "0", "1.5", "๕"):
        with pytest.raises(InputError, match="MATTRA_RECORDS_MAX_COLUMNS"):
            Limits.from_environment({"MATTRA_RECORDS_MAX_COLUMNS": text})


def test_a_letter_cut_in_half(tmp_path: Path) -> None:
    cut = f"{HEADER}\n1,2,3\n1,2,ก".encode()[:-1]
    for block in (1, 2**20):
        refused(put(tmp_path, "a.csv", cut), "row 3", "UTF-8", block_bytes=block)
    refused(put(tmp_path, "b.csv", f"{TEXTS[0]},ก".encode()[:-1]), "UTF-8")


WHOLE = {
    "csv": 'ownerId,ownerType,firstName,heldSince\n1,state,"a,b",31/1/2569\n๒,นิติบุคคล,ก,2026-01-31\n',
    "json": '[{"ownerId": "1", "shareNumerator": 1.5}, {"ownerId": "ก", "firstName": null}]',
    "ndjson": '{"ownerId": "1", "shareNumerator": 1}\n{"ownerId": "ก"}\n',
    "xml": "<records><owner><ownerId>1</ownerId></owner><owner><ownerId>ก</ownerId></owner></records>",
    "ttl": "@prefix t: <https://w3id.org/mattra/ns/tax#> .\n"
    '<http://a/1> a t:Ownership ; t:ownerId "1" ; t:shareNumerator 1 .\n<http://a/2> a t:Ownership ; t:ownerId "ก" .',
}


@pytest.mark.slow
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    form=st.sampled_from(sorted(WHOLE)),
    suffix=st.sampled_from(["csv", "json", "ndjson", "xml", "ttl", "xlsx", "parquet"]),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp874"]),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=4)),
        min_size=1,
        max_size=4,
    ),
    block=st.sampled_from([1, 50, 2**20]),
)
def test_damage_of_any_kind(
    tmp_path: Path,
    form: str,
    suffix: str,
    encoding: str,
    changes: list[tuple[float, int, bytes]],
    block: int,
) -> None:
    data = WHOLE[form].encode(encoding)
    for place, length, more in changes:
        at = int(place * len(data))
        data = data[:at] + more + data[at + length :]
    path = put(tmp_path, f"a.{suffix}", data)
    try:
        reading = open_records(path, OWNER, Limits(block_bytes=block))
        if not reading.irregular:
            list(reading.chunks())
    except InputError:
        return
    assert all(f.th and f.en for f in reading.row_findings)
    assert all(f.th and f.en for f in reading.header_findings)
