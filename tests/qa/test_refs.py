"""Refs however people write them."""

import pytest

from graph.errors import UnknownRefError
from qa.service import Service


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("มสพร. 6-5 : 2567", "mspr-6-5-2567"),
        ("มสพร.6-5", "mspr-6-5-2567"),
        ("มสพร ๖-๕", "mspr-6-5-2567"),
        ("ม.ส.พ.ร. 7-2565", "mspr-7-2565"),
        ("มสพร. 6", "mspr-6"),
        ("มรด. 6 : 2566", "mrd-6-2566"),
        ("mrd-6-2566", "mrd-6-2566"),
        ("DGS 8:2567", "mrd-8-2567"),
        ("พ.ร.บ.รัฐบาลดิจิทัล ม.๑๒", "dgov-2562/12"),
        ("พรบ.รัฐบาลดิจิทัล มาตรา 12 (3)", "dgov-2562/12(3)"),
        ("มาตรา ๑๒(๓) พ.ร.บ. การบริหารงานและการให้บริการภาครัฐผ่านระบบดิจิทัล พ.ศ. 2562", "dgov-2562/12(3)"),
        ("dgov-2562/12", "dgov-2562/12"),
        ("https://w3id.org/mattra/id/eadmin-2565/20", "eadmin-2565/20"),
        ("พ.ร.บ.การปฏิบัติราชการทางอิเล็กทรอนิกส์ มาตรา 20", "eadmin-2565/20"),
        ("PDPA", "pdpa-2562"),
        ("concept/activity/e-signature", "concept/activity/e-signature"),
    ],
)  # fmt: skip
def test_written_in_any_manner(service: Service, written: str, ref: str) -> None:
    assert service.resolve(written) == ref


@pytest.mark.parametrize(
    "written", ["มสพร. 99", "พ.ร.บ.รัฐบาลดิจิทัล มาตรา 99", "xyz", "", "<a>", "../x"]
)
def test_what_is_not_here_is_refused(service: Service, written: str) -> None:
    with pytest.raises(UnknownRefError):
        service.resolve(written)


def test_a_bare_section_names_nothing(service: Service) -> None:
    assert service.retriever.index.ref_reader.find("มาตรา 12 ว่าอย่างไร") == []


def test_two_acts_in_one_sentence_each_keep_their_section(service: Service) -> None:
    text = "พ.ร.บ.รัฐบาลดิจิทัล มาตรา 8 กับ พ.ร.บ.การปฏิบัติราชการทางอิเล็กทรอนิกส์ มาตรา 6"
    assert [m.ref for m in service.retriever.index.ref_reader.find(text)] == [
        "dgov-2562/8",
        "eadmin-2565/6",
    ]
