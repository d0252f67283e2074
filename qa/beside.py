"""What an answer says beside its first thing: what follows from it, and what may be meant too."""

from collections.abc import Sequence
from typing import Final

from graph.things import Thing
from qa.draft import NAMED, Cited, Draft, label_of, name_of_link, summary_of
from qa.hits import Hit
from qa.lead import case_text, leads_of
from qa.of_law import said
from qa.understand import Asked
from qa.words import certainty_text, say

SURE: Final = 0.9
"""From this chance of the first thing on, the others are only named."""
LIKELY: Final = 0.02
"""A thing less likely than this is not told beside the first."""
MOST: Final = 3


def write_consequences(draft: Draft, thing: Thing, asked: Asked, cited: Cited) -> None:
    """Say what follows from a section: penalties for its breach, other laws on it, details."""
    language = draft.language
    if "penalty" not in asked or not any(norm.kind == "Penalty" for norm in thing.norms):
        for penalty in thing.sanctions[:MOST]:
            where = penalty.links.get("statedIn", [])
            number = cited.number(where[0].ref) if where else ""
            draft.say(f"• {say('if-breached', language)}: {said(penalty, language)}{number}")
    for overlap in thing.overlaps[:MOST]:
        others = [x for x in overlap.links["between"] if x.ref.partition("(")[0] != thing.ref]
        marks = "".join(cited.number(other.ref) for other in others)
        note, sure = overlap.one("note", language), certainty_text(overlap.certainty, language)
        draft.say(f"• {say('overlap', language)}: {note}{sure}{marks}")
    if thing.detailed_by:
        names = "; ".join(name_of_link(link, language) for link in thing.detailed_by)
        draft.say(f"• {say('details', language)}: {names}")


def write_others(
    draft: Draft, asked: Asked, question: str, found: Sequence[tuple[Hit, Thing]]
) -> None:
    """Tell the next things where the first is not certain, name them where it is."""
    language = draft.language
    names = []
    for n, (hit, thing) in enumerate(found[1:NAMED], 2):
        name = f"{label_of(thing, language)} [{n}]"
        if hit.chance >= LIKELY and found[0][0].chance < SURE:
            draft.say(f"• {say('also', language)}: {name} {_brief(thing, asked, question, hit)}")
        else:
            names.append(name)
    if names:
        draft.say(f"{say('related', language)}: {'; '.join(names)}")


def _brief(thing: Thing, asked: Asked, question: str, hit: Hit) -> str:
    leads = leads_of(thing, asked, hit.fits, question)
    if leads and {"deadline", "penalty", "rate"} & {*asked.kinds}:
        return "; ".join(case_text(norm, asked.kinds[0], asked.language) for norm in leads)
    return summary_of(thing, asked.language)
