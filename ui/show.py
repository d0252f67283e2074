"""Things, rows and figures as text in a terminal."""

import json
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

import ontology
from graph.statements import Link, Statement
from graph.thai import date_text
from graph.things import Thing
from qa.catalogue import Listing
from qa.facets import SearchResult
from qa.figures import COLUMNS, Change, Interval
from qa.force import years_text
from qa.of_standard import use_text
from qa.of_tax import figures_of
from qa.sentences import event_text, norm_text
from qa.versions import CHANGES, KINDS, RELATIONS, Difference, Versions
from qa.words import certainty_text, say, status_of


def thing_text(thing: Thing) -> str:
    """Return one thing for reading: what it is, its facts, what it cites and what cites it."""
    return "\n".join(_lines(thing))


def _lines(thing: Thing) -> Iterator[str]:
    yield thing.label
    if thing.kind in ("section", "item"):
        yield thing.heading
    yield f"{thing.ref}  <{thing.iri}>"
    if thing.status:
        known = f" ({say('known-as-of')} {date_text(thing.as_of)})" if thing.as_of else ""
        yield f"{say('status')}: {status_of(thing.status, thing.kind)}{known}"
    if thing.in_force_from:
        yield f"{say('in-force-from')}: {date_text(thing.in_force_from)}"
    if thing.in_force_until:
        yield f"{say('in-force-until')}: {date_text(thing.in_force_until)}"
    if thing.tax_years:
        yield f"{say('tax-years')}: {years_text(thing, 'th')}"
    if thing.summary:
        yield f"\n{thing.summary}\n({say('ours')})"
    if thing.official_text:
        yield f"\n{say('official')}\n{thing.official_text}"
    yield from _section("บทกำหนด", (_norm(norm) for norm in thing.norms))
    yield from _section(
        "ตัวเลขภาษี", (text + certainty_text(sure) for _, _, text, sure in figures_of(thing))
    )
    yield from _section(
        "เหตุการณ์", (event_text(e) + certainty_text(e.certainty) for e in thing.events)
    )
    yield from _section(
        "ผู้ที่ต้องใช้",
        (use_text(use) + certainty_text(use.certainty) for use in thing.uses),
    )
    yield from _section(
        "ฐานกฎหมาย",
        (basis.linked("basis") + certainty_text(basis.certainty) for basis in thing.bases),
    )
    yield from _section(
        "กฎหมายอื่นว่าด้วยเรื่องเดียวกัน",
        (overlap.one("note") + certainty_text(overlap.certainty) for overlap in thing.overlaps),
    )
    yield from _section("สาระสำคัญ", thing.features)
    yield from _section("ใช้กับงาน", (link.label for link in thing.activities))
    for title, links in (
        ("เป็นส่วนของ", [thing.part_of] if thing.part_of else []),
        ("ประกอบด้วย", thing.parts),
        ("ถูกแทนที่โดย", thing.superseded_by),
        ("ปรับปรุงจาก", thing.revises),
        ("อ้างถึง", thing.cites),
        ("ถูกอ้างโดย", thing.cited_by),
        ("ออกโดยอาศัย", thing.based_on),
        ("กฎหมายลำดับรองที่กำหนดรายละเอียด", thing.detailed_by),
        ("เป็นฐานกฎหมายของ", thing.implemented_by),
    ):
        yield from _section(title, (link_text(link) for link in links))
    yield from _section("เอกสาร", (_document(document) for document in thing.documents))
    yield from _section("หมายเหตุ", thing.notes)
    if thing.source:
        yield f"\nแหล่งข้อมูล: {thing.source}{certainty_text(thing.certainty)}"


def _section(title: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    found = [line for line in lines if line]
    if found:
        yield f"\n{title}"
        yield from (f"  • {line}" for line in found)


def _norm(norm: Statement) -> str:
    if norm.kind == "Definition":
        return f"นิยาม {norm.linked('defines')}"
    where = ", ".join(link.ref for link in norm.links.get("statedIn", ()))
    return f"{norm_text(norm)}{certainty_text(norm.certainty)} [{where}]"


def _document(document: Statement) -> str:
    issued = document.one("issued")
    return document.one("title") + (f" ({date_text(issued)})" if issued else "")


def link_text(link: Link) -> str:
    """Return a link for reading: label and ref."""
    return f"{link.label} [{link.ref}]"


def search_text(result: SearchResult) -> str:
    """Return what a search found for reading: score, ref and heading, then why."""
    lines = []
    for hit in result.hits:
        lines.append(f"{hit.score:6.3f}  {hit.ref:28} {hit.heading}")
        lines.append(f"        {', '.join(reason['text'] for reason in hit.why)}")
    for name, values in result.facets.items():
        shown = ", ".join(f"{value['value']} ({value['count']})" for value in values[:6])
        lines.append(f"--{name}: {shown}")
    return "\n".join(lines)


def listing_text(found: Listing) -> str:
    """Return things of a catalogue for reading: ref, label and status, then the facets."""
    lines = [
        f"{entry.ref:32} {entry.label}" + (f" [{entry.status}]" if entry.status else "")
        for entry in found.entries
    ]
    lines.append(f"{len(found.entries)} / {found.total}")
    for name, values in found.facets.items():
        shown = ", ".join(f"{value['value']} ({value['count']})" for value in values[:8])
        lines.append(f"--{name}: {shown}")
    return "\n".join(lines)


def rows_table(result: bytes) -> None:
    """Print a SPARQL JSON result as a table; our own IRIs are shortened to prefixed names."""
    data = json.loads(result)
    console = Console(soft_wrap=False)
    if "boolean" in data:
        console.print("true" if data["boolean"] else "false")
        return
    names = data["head"]["vars"]
    table = Table(*names)
    for row in data["results"]["bindings"]:
        table.add_row(*(_cell(row.get(name)) for name in names))
    console.print(table)
    console.print(f"{len(data['results']['bindings'])} แถว", style="dim")


def _cell(value: dict[str, str] | None) -> str:
    if value is None:
        return ""
    text = value["value"]
    if value["type"] == "uri":
        best = max(
            ((n, i) for n, i in ontology.PREFIXES.items() if text.startswith(i)),
            key=lambda pair: len(pair[1]),
            default=None,
        )
        text = f"{best[0]}:{text.removeprefix(best[1])}" if best else text
    # Square brackets would be read as markup.
    return text.replace("[", r"\[")


def versions_text(found: Versions, whole: bool = False) -> str:
    """Return two versions for reading: ``[-gone-]`` and ``{+new+}``.

    :param whole: also the parts that are the same.
    """
    return "\n".join(_version_lines(found, whole))


def _version_lines(found: Versions, whole: bool) -> Iterator[str]:
    yield f"ฉบับก่อน: {found.before.label}  ({found.before.ref})"
    yield f"ฉบับหลัง: {found.after.label}  ({found.after.ref})"
    yield RELATIONS[found.relation][0]
    yield " · ".join(f"{CHANGES[change][0]} {n} ส่วน" for change, n in found.counts.items())
    for change in found.changes:
        if whole or change.change != "same":
            of = f" ({KINDS[change.kind][0]})" if change.kind != "fact" and change.pieces else ""
            yield f"\n{change.part} — {CHANGES[change.change][0]}{of}"
            yield _marked(change)


def _marked(change: Difference) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    pieces = [marks[piece.mark].format(piece.text) for piece in change.pieces]
    return ("\n" if change.kind == "fact" else "").join(pieces)


def figures_table(
    figures: dict[str, dict[str, float | None]], sure: dict[str, dict[str, Interval]]
) -> None:
    """Print the evaluation table of the contracts, a row a kind; overall with 95 % intervals."""
    table = Table("kind", *COLUMNS)
    for kind, row in figures.items():
        table.add_row(kind, *("–" if row[c] is None else f"{row[c]:g}" for c in COLUMNS))
        if kind == "all":
            bounds = (sure[kind].get(column) for column in COLUMNS)
            table.add_row("95 %", *(f"{b[0]:.2f}–{b[1]:.2f}" if b else "" for b in bounds))
    Console(width=130).print(table)


def reliability_table(
    rows: list[tuple[float, float, int, float, float]], console: Console | None = None
) -> None:
    """Print how often answers of each confidence are right."""
    table = Table(
        "confidence", "answers", "mean", "right", title="reliability of the answers given"
    )
    for low, high, count, mean, right in rows:
        table.add_row(f"{low:.2f}–{high:.2f}", str(count), f"{mean:.3f}", f"{right:.3f}")
    (console or Console(width=130)).print(table)


def changes_table(changed: list[Change]) -> None:
    """Print which questions came out otherwise than in an earlier run, the worse first."""
    table = Table("", "id", "question", "what", "before", "now", title="against the earlier run")
    for c in changed:
        sign = "better" if c.better else "worse"
        table.add_row(sign, c.id, c.question[:60], c.what, str(c.before), str(c.now))
    Console(width=130).print(table)
