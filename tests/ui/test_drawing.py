"""Pictures made on the server: well-formed, the same each time, text of users escaped."""

from xml.etree.ElementTree import fromstring

import pytest

from ui.drawing import Edge, Node, bars, network

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "</text><script>alert(1)</script>\"' & <b>"


def _texts(picture: str) -> list[str]:
    return [each.text or "" for each in fromstring(picture).iter(f"{SVG}text")]  # noqa: S314


def test_bars_are_as_long_as_their_numbers_and_below_zero_go_left() -> None:
    picture = bars([("ก", 100), ("ข", 50), ("ค", -25), ("ง", 0)], "จำนวน")
    rects = list(fromstring(picture).iter(f"{SVG}rect"))  # noqa: S314
    widths = [float(rect.attrib["width"]) for rect in rects]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert widths[1] == pytest.approx(2 * widths[2], rel=0.01)
    left = [float(rect.attrib["x"]) for rect in rects]
    assert left[2] + widths[2] == pytest.approx(left[0], abs=0.2)
    assert picture == bars([("ก", 100), ("ข", 50), ("ค", -25), ("ง", 0)], "จำนวน")
    assert bars([], "ว่าง").startswith("<svg")


def test_boxes_do_not_lie_on_each_other_and_each_line_ends_at_two() -> None:
    nodes = [Node(str(i), f"กฎหมายฉบับที่ {i}", f"/id/{i}") for i in range(12)]
    edges = [Edge("0", str(i), "อ้างถึง") for i in range(1, 12)] + [Edge("1", "2"), Edge("0", "x")]
    found = fromstring(network(nodes, edges, "กราฟ"))  # noqa: S314
    places = {(r.attrib["x"], r.attrib["y"]) for r in found.iter(f"{SVG}rect")}
    assert len(places) == 12
    assert len({x for x, _ in places}) == 2
    lines = [p for p in found.iter(f"{SVG}path") if p.attrib["class"] == "d-link"]
    assert len(lines) == 12
    assert [a.attrib["href"] for a in found.iter(f"{SVG}a")] == [n.href for n in nodes]


def test_text_of_users_stays_text() -> None:
    for picture in (
        bars([(EVIL, 1.0)], EVIL),
        network([Node(EVIL, EVIL, EVIL), Node("b", "b")], [Edge(EVIL, "b", EVIL)], EVIL),
    ):
        assert "<script" not in picture
        assert any(text.startswith("</text>") for text in _texts(picture))
