"""The tab that works out the land and building tax: a form, and the steps with their sections."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from graph.errors import InputError
from graph.thai import ARABIC, BUDDHIST_OFFSET
from qa.taxing import reckon
from tax.parameters import Parameters
from ui.api import service_of
from ui.html import ENVIRONMENT
from ui.page.fragments import result, show
from ui.page.served import Served
from ui.page.words import LANGUAGES, words
from ui.records_api import labels

router = APIRouter(include_in_schema=False)
_WHOLE: Final = {"age": "tax.age", "vacant_years": "tax.vacant-years", "months": "tax.months"}
_OPTIONS: Final = {
    **_WHOLE, "value": "tax.value", "land": "tax.land", "building": "tax.building",
    "structure": "tax.structure", "owner": "tax.owner", "use": "tax.use", "year": "tax.year",
    "special_reduction": "tax.special-reduction", "old_tax": "tax.old-tax", "late": "tax.late",
    "extended": "tax.extended",
}  # fmt: skip
"""The options of ``mattra tax`` and the words that this form has for them."""
_LONGEST: Final = 30
_FEW: Final = 1_200
"""A whole number of years or months is no larger."""
_OPTION: Final = re.compile(r"--([a-z-]+)(?: ([a-z][a-z-]*))?")


def draw(served: Served, language: str) -> None:
    """Draw the form, examples and the place of the steps."""
    parameters, say = Parameters(served.service.store), words(language)
    year = date.today().year + BUDDHIST_OFFSET
    examples = [
        (say("tax.example-home"), {"use": "residential-own", "value": "60,000,000"}),
        (say("tax.example-shop"), {"use": "other", "value": "5,000,000"}),
        (say("tax.example-vacant"), {"use": "vacant", "value": "10,000,000", "vacant_years": "7"}),
        (
            say("tax.example-late"),
            {"use": "other", "value": "5,000,000", "late": "before-warning", "months": "3"},
        ),
    ]
    show(
        ENVIRONMENT.get_template("page/tax.html").render(
            say=say, language=language, year=min(year, parameters.last_known_year + 1),
            uses=parameters.uses, structures=parameters.structures,
            examples=[
                (label, urlencode({**case, "year": parameters.last_known_year}))
                for label, case in examples
            ],
        )
    )  # fmt: skip
    result("tax", "")


@router.get("/page/tax")
def tax_fragment(request: Request, language: str = "th") -> HTMLResponse:
    """Return the tax of what the query says, as HTML.

    :raises InputError: as :func:`qa.taxing.reckon`, in the words of the form.
    """
    language = "en" if language == "en" else "th"
    typed = {
        name: text.strip() for name, text in request.query_params.items()
        if name in _OPTIONS and text.strip()
    }  # fmt: skip
    service = service_of(request)
    parameters = Parameters(service.store)
    try:
        found = reckon(_case(typed), service.store)
    except InputError as error:
        raise InputError(
            in_words(error.th, "th", parameters), in_words(error.en, "en", parameters)
        ) from error
    key = "assumed" if language == "th" else "assumed_en"
    return HTMLResponse(
        ENVIRONMENT.get_template("page/reckoning.html").render(
            found=found, say=words(language), language=language, label=labels(service),
            tax=f"{float(found['tax']):,.2f}", total=f"{float(found['total']):,.2f}",
            use=parameters.uses[found["property"]["use"]][LANGUAGES.index(language)],
            assumed=[in_words(line, language, parameters) for line in found[key]],
            query=urlencode(typed),
        )
    )  # fmt: skip


def _case(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed as the options of the command.

    :raises InputError: something is missing, too long, or no whole number.
    """
    case: dict[str, Any] = dict(typed)
    for name in ("use", "year"):
        if name not in typed:
            raise InputError(f"ยังไม่ได้ใส่ --{name}", f"--{name} is missing")
    for name, text in typed.items():
        option = f"--{name.replace('_', '-')}"
        if len(text) > _LONGEST:
            raise InputError(f"{option} ยาวเกิน {_LONGEST} ตัวอักษร", f"{option} is too long")
        if name in _WHOLE:
            plain = text.translate(ARABIC)
            if not re.fullmatch("[0-9]{1,4}", plain) or int(plain) > _FEW:
                raise InputError(
                    f"{option} ต้องเป็นจำนวนเต็มตั้งแต่ 0 ถึง {_FEW:,} ไม่ใช่ «{text}»",
                    f"{option} is a whole number from 0 to {_FEW:,}, not {text!r}",
                )
            case[name] = int(plain)
    for name, known in (("special_reduction", ("50", "90")), ("owner", ("natural", "juristic"))):
        if typed.get(name, known[0]) not in known:
            option = f"--{name.replace('_', '-')}"
            raise InputError(
                f"{option} เลือกได้เฉพาะ {' หรือ '.join(known)}", f"{option} is {' or '.join(known)}"
            )
    if case.get("extended") not in (None, "true"):
        del case["extended"]
    return case


def in_words(text: str, language: str, parameters: Parameters) -> str:
    """Return a sentence of the command with the form's words for its options and values."""
    place, say = LANGUAGES.index(language), words(language)
    values = {
        slug: names[place] for slug, names in (parameters.uses | parameters.structures).items()
    }
    values |= {"juristic": say("tax.juristic"), "natural": say("tax.natural")}

    def named(match: re.Match[str]) -> str:
        key = _OPTIONS.get(match[1].replace("-", "_"))
        if key is None:
            return match[0]
        label = f"«{say(key).partition(' (')[0]}»"
        value = match[2]
        if not value:
            return label
        return f"{label} = «{values[value]}»" if value in values else f"{label} {value}"

    text = _OPTION.sub(named, text)
    slugs = sorted(values, key=len, reverse=True)
    return re.sub(
        rf"(?<![\w«-])({'|'.join(map(re.escape, slugs))})(?![\w-])",
        lambda match: f"«{values[match[0]]}»" if match[0] not in _PLAIN else match[0],
        text,
    )


_PLAIN: Final = frozenset({"natural", "juristic", "other", "half", "wood", "vacant", "agriculture"})
"""Slugs that are also words of a sentence in English."""
