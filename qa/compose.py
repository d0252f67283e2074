"""Which form an answer takes: a list, a table, a computation, or one thing's facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.errors import InputError
from graph.statements import Statement
from graph.thai import BUDDHIST_OFFSET
from graph.things import Thing
from qa.beside import write_consequences, write_others
from qa.calculate import explain, last_day, last_day_text, tax_case
from qa.compare import compare_terms, compare_things
from qa.draft import Cited, Draft, doubted, excerpt_of, label_of
from qa.followup import Meant
from qa.hits import Found, Hit
from qa.levied import asks_for_rates, levied
from qa.of_law import write_law, write_section
from qa.of_standard import write_standard
from qa.of_tax import tax_year
from qa.overview import names_only, penalties_of, phases_of, standards_listed
from qa.retrieve import Retriever
from qa.taxing import reckon, reckoning_lines
from qa.words import say

TAX_LAW: Final = "lbt-2562"


@dataclass(frozen=True)
class Composer:
    """Writes answers over one retriever."""

    retriever: Retriever

    def compose(
        self,
        meant: Meant,
        found: Found,
        hits: Sequence[Hit],
        cited: Cited,
        day: date,
        listed: Sequence[Thing] | None,
    ) -> Draft:
        """Return the answer of a search that found what was asked.

        :param cited: refs cited so far; the answer may cite more.
        :param listed: what :meth:`listed` said of the question.
        """
        draft = Draft(meant.asked.language)
        told = (
            self._comparison(draft, meant, found, cited)
            or self._list(draft, listed, cited)
            or self._whole_law(draft, meant, found, cited)
        )
        if not told:
            self._tax(draft, meant, hits, cited, day)
            self._thing(draft, meant, found, hits, cited, day)
        return draft

    def _comparison(self, draft: Draft, meant: Meant, found: Found, cited: Cited) -> bool:
        if "comparison" not in meant.asked:
            return False
        index, language = self.retriever.index, draft.language
        named = dict.fromkeys(m.ref.partition("(")[0] for m in found.mentions if m.known)
        things = [index.things[ref] for ref in named if ref in index.things]
        compared = (
            compare_things(things, language)
            if len(things) > 1
            else compare_terms(index.store, index.names, found.question, language)
        )
        if compared is None:
            return False
        table = compared.marked([cited.number(ref) for ref in compared.refs])
        draft.say(say("compared", language, heads=" | ".join(table.heads)))
        for what, *cells in table.rows:
            draft.say(f"• {what}: {' | '.join(cells)}")
        draft.tables.append(table)
        draft.say(f"({say('ours', language)})")
        return True

    def listed(self, meant: Meant) -> list[Thing] | None:
        """Return the standards that a question wants listed; none for any other question."""
        return standards_listed(meant.text, meant.asked, self.retriever.things.values())

    def _list(self, draft: Draft, listed: Sequence[Thing] | None, cited: Cited) -> bool:
        if not listed:
            return False
        draft.say(say("listed", draft.language, count=str(len(listed))))
        for thing in listed:
            draft.say(f"• {label_of(thing, draft.language)}{cited.number(thing.ref)}")
            draft.keep(thing, ("status", thing.status or "", thing.label, thing.certainty))
        return True

    def _whole_law(self, draft: Draft, meant: Meant, found: Found, cited: Cited) -> bool:
        """Say what a law as a whole holds, where a question asks no more than that of it."""
        laws = [m for m in found.mentions if m.known and m.ref in self.retriever.things]
        laws = [m for m in laws if self.retriever.things[m.ref].kind in ("act", "instrument")]
        asked = meant.asked
        if len(laws) != 1 or not names_only(found.question, found.mentions):
            return False
        law, language = laws[0].ref, draft.language
        things = self.retriever.things
        if "penalty" in asked and (penalties := penalties_of(law, things)):
            draft.say(f"{label_of(things[law], language)}: {penalties.first(language)}")
            for ref, text in penalties.lines(language):
                draft.say(f"• {label_of(things[ref], language)}{cited.number(ref)} {text}")
                draft.keep(things[ref], ("norm", "", text, None))
            draft.say(f"({say('ours', language)})")
            return True
        return False

    def _tax(
        self, draft: Draft, meant: Meant, hits: Sequence[Hit], cited: Cited, day: date
    ) -> None:
        if not hits[0].ref.startswith(TAX_LAW.partition("-")[0]):
            return
        store, language = self.retriever.store, draft.language
        case = tax_case(meant.text, store, day)
        if case is None:
            return
        try:
            reckoning = reckon(case, store)
        except InputError as error:
            draft.say(f"{say('not-computed', language)}: {explain(error, language)}")
            return
        for line in reckoning_lines(reckoning, cited, language):
            draft.say(line)
        thing = self.retriever.things[TAX_LAW]
        baht = f"{float(reckoning['tax']):,.2f} " + ("บาท" if language == "th" else "baht")
        draft.keep(thing, ("computed", reckoning["tax"], baht, reckoning["certainty"]))

    def _thing(
        self,
        draft: Draft,
        meant: Meant,
        found: Found,
        hits: Sequence[Hit],
        cited: Cited,
        day: date,
    ) -> None:
        things, asked = self.retriever.things, meant.asked
        lead, question, language = things[hits[0].ref], found.question, draft.language
        if lead.kind == "standard":
            write_standard(draft, lead, asked, day)
        elif lead.kind == "section":
            rates = Draft(language)
            if asks_for_rates(asked, question):
                rates = self._levied(draft, lead, meant, cited, day)
            phases = phases_of(lead, things, language) if "date" in asked else ""
            leads = write_section(draft, lead, asked, question, day, hits[0].fits, phases)
            draft.extend(rates)
            _write_last_days(draft, lead, leads, question)
            write_consequences(draft, lead, asked, cited)
        else:
            write_law(draft, lead, question, day)
        write_others(draft, asked, question, [(hit, things[hit.ref]) for hit in hits])
        if lead.summary:
            draft.say(f"({say('ours', language)})")
        if official := excerpt_of(lead, question):
            draft.say(f"{say('official', language)}: «{official}» [1]")
            if not lead.summary:
                draft.say(f"({say('official-only', language)})")

    def _levied(self, draft: Draft, lead: Thing, meant: Meant, cited: Cited, day: date) -> Draft:
        """Say what is collected of the rates that a section only caps; return the rest to say."""
        finder, language = self.retriever, meant.asked.language
        year = tax_year(meant.text, day)
        shown = str(year + (BUDDHIST_OFFSET if language == "th" else 0))
        found = list(levied(lead, finder.things, meant.text, finder.store, year, language))
        rest = Draft(language)
        if not found:
            return rest
        title = say("levied", language, year=shown) + cited.number(found[0][0].ref)
        percents = [percent for *_, its in found for percent in its]
        low, high = (f"{percent:g}" for percent in (min(percents), max(percents)))
        if len(found) > 1:
            draft.say(f"{title}: {say('levied-range', language, low=low, high=high)}")
        else:
            draft.say(f"{title}: {doubted(found[0][1], language)}")
        for thing, fact, _ in found:
            rest.keep(thing, fact)
            if len(found) > 1:
                rest.say(f"• {say('levied', language, year=shown)}: {doubted(fact, language)}")
        return rest


def _write_last_days(draft: Draft, thing: Thing, norms: Sequence[Statement], question: str) -> None:
    for norm in norms:
        if counted := last_day(norm, question):
            text = last_day_text(norm, *counted, draft.language)
            draft.add(thing, ("computed", counted[1].isoformat(), text, norm.certainty))
