"""The tax of one property for one tax year, step by step.

The order is that of the assessment form: base, exempt value, rate by slices, reduction, relief
(Land and Building Tax Act ss. 35 to 43, 55, 94 to 97). That a bracket's rate applies to the slice
within it is how the tax is computed in practice; the Act's words leave it open, so that step is
never more certain than ``secondary``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from graph.errors import InputError
from tax.parameters import FIRST_YEAR, Parameter, Parameters

SATANG: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
MOST: Final = Decimal(10) ** 15
"""No property is worth so many baht: a larger value is a typing error."""
_CERTAINTIES: Final = ("stated", "secondary", "inferred", "unverified")


@dataclass(frozen=True)
class TaxedProperty:
    """What is taxed.

    :param use: slug of a land use, such as ``residential-own``.
    :param year: tax year, B.E.
    :param land: appraised value of the land in baht, or of land and building together.
    :param building: appraised value of the building in baht, new.
    :param structure: ``masonry``, ``half`` or ``wood``, needed with ``age``.
    :param age: of the building in whole years; none where its value is taken as it is.
    :param natural_person: whether the owner is one: only natural persons have exempt value.
    :param vacant_years: whole years in a row for which it was left vacant before the tax year.
    :param special_reduction: 50 or 90 where the decree of B.E. 2563 cuts the tax on it.
    :param old_tax: house or local development tax of the year before collection began, for the
        relief of the first three years.
    """

    use: str
    year: int
    land: Decimal
    building: Decimal = Decimal(0)
    structure: str | None = None
    age: int | None = None
    natural_person: bool = True
    vacant_years: int = 0
    special_reduction: int | None = None
    old_tax: Decimal | None = None


@dataclass(frozen=True)
class Step:
    """One step: what it is, how it was worked out, the sum in baht, and where it comes from."""

    key: str
    formula: str
    amount: Decimal
    ref: str
    certainty: str
    note: str = ""


@dataclass
class Computation:
    """The steps and the tax, in baht rounded to the satang."""

    taxed: TaxedProperty
    steps: list[Step] = field(default_factory=list)
    tax: Decimal = Decimal(0)

    @property
    def certainty(self) -> str:
        """That of the least certain step."""
        return max((step.certainty for step in self.steps), key=_CERTAINTIES.index)

    def add(
        self, key: str, formula: str, amount: Decimal, source: Parameter | tuple[str, str]
    ) -> Decimal:
        """Add a step and return its sum, rounded."""
        ref, certainty, note = (
            (*source, "")
            if isinstance(source, tuple)
            else (source.ref, source.certainty, source.note)
        )
        rounded = amount.quantize(SATANG, ROUND_HALF_UP)
        self.steps.append(Step(key, formula, rounded, ref, certainty, note))
        return rounded


def compute(taxed: TaxedProperty, parameters: Parameters) -> Computation:
    """Return the computation.

    :raises InputError: a value is missing, not possible or contradicts another, or the graph has
        no figure for it; the message says which.
    """
    _check(taxed, parameters)
    result = Computation(taxed)
    base = _base(result, taxed, parameters)
    if _fully_exempt(result, taxed, parameters):
        return result
    taxable = _less_exempt(result, taxed, parameters, base)
    tax = _by_slices(result, taxed, parameters, taxable)
    tax = _reduced(result, taxed, parameters, tax)
    result.tax = _relieved(result, taxed, parameters, tax)
    return result


def depreciation(
    structure: str, age: int, year: int, parameters: Parameters
) -> tuple[Decimal, Parameter]:
    """Return what a building has lost of its price at an age, in percent, and the band it is in."""
    band = next(
        p
        for p in parameters.of("Depreciation", year)
        if p.structure == structure
        and p.number("ageFrom") <= max(age, 1)
        and ("ageUntil" not in p.values or age <= p.number("ageUntil"))
    )
    if age == 0:
        return Decimal(0), band
    return (
        band.number("baseRate") + band.number("rate") * (age - band.number("ageFrom") + 1),
        band,
    )


def _base(result: Computation, taxed: TaxedProperty, parameters: Parameters) -> Decimal:
    building = taxed.building
    if building and taxed.age is not None and taxed.structure:
        percent, band = depreciation(taxed.structure, taxed.age, taxed.year, parameters)
        building = result.add(
            "building",
            f"{taxed.building:,.2f} − {percent:g} %",
            taxed.building * (HUNDRED - percent) / HUNDRED,
            band,
        )
    formula = f"{taxed.land:,.2f} + {building:,.2f}" if taxed.building else ""
    return result.add("base", formula, taxed.land + building, ("lbt-2562/35", "stated"))


def _fully_exempt(result: Computation, taxed: TaxedProperty, parameters: Parameters) -> bool:
    if not taxed.natural_person:
        return False
    for exemption in parameters.of("FullExemption", taxed.year, taxed.use):
        result.add("full-exemption", "0", Decimal(0), exemption)
        return True
    return False


def _less_exempt(
    result: Computation, taxed: TaxedProperty, parameters: Parameters, base: Decimal
) -> Decimal:
    if not taxed.natural_person:
        return base
    for exempt in parameters.of("ExemptBase", taxed.year, taxed.use):
        amount = exempt.number("amount")
        left = max(base - amount, Decimal(0))
        return result.add("exempt", f"{base:,.2f} − {amount:,.2f}", left, exempt)
    return base


def _by_slices(
    result: Computation, taxed: TaxedProperty, parameters: Parameters, taxable: Decimal
) -> Decimal:
    increase, source = _vacant_increase(taxed, parameters)
    if source:
        result.add("vacant-rate", f"+{increase:g} %", Decimal(0), source)
    brackets = sorted(
        parameters.of("RateBracket", taxed.year, taxed.use), key=lambda b: b.number("lowerBound")
    )
    if not brackets:
        raise InputError(
            f"กราฟไม่มีอัตราภาษีของปีภาษี {taxed.year}",
            f"the graph has no rates for tax year B.E. {taxed.year}",
        )
    tax = Decimal(0)
    for bracket in brackets:
        low = bracket.number("lowerBound")
        high = bracket.number("upperBound") if "upperBound" in bracket.values else taxable
        part = min(taxable, high) - low
        if part <= 0:
            break
        rate = bracket.number("rate") + increase
        if source:
            rate = min(rate, source.number("ceiling"))
        slice_source = (bracket.ref, _weaker(bracket.certainty, "secondary"))
        tax += result.add(
            "slice", f"{part:,.2f} × {rate.normalize():f} %", part * rate / HUNDRED, slice_source
        )
    # The first two years have a section of their own on computing.
    section = "lbt-2562/95" if taxed.year <= FIRST_YEAR + 1 else "lbt-2562/42"
    return result.add("computed", "", tax, (section, "stated"))


def _vacant_increase(
    taxed: TaxedProperty, parameters: Parameters
) -> tuple[Decimal, Parameter | None]:
    for increase in parameters.of("VacantIncrease", taxed.year, taxed.use):
        times = taxed.vacant_years // int(increase.number("everyYears"))
        if times:
            return increase.number("rate") * times, increase
    return Decimal(0), None


def cuts(year: int, special: int | None, parameters: Parameters) -> list[Parameter]:
    """Return the reductions of a tax, in the order in which they are taken.

    :param special: 50 or 90 for property that the decree of B.E. 2563 names, else none.
    :raises InputError: the graph does not say how the cuts of the year go together.
    """
    general = parameters.of("TaxReduction", year)
    if special is None:
        return [cut for cut in general if "afterReduction" not in cut.values]
    named = [p for p in parameters.of("SpecialReduction", year) if p.number("rate") == special]
    after = [cut for cut in general if cut.number("afterReduction") == special]
    if not after and general and not any("afterReduction" in cut.values for cut in general):
        raise InputError(
            f"กราฟไม่รู้ว่าการลดทั่วไปของปี {year} ใช้ร่วมกับการลดตาม พ.ร.ฎ. 2563 อย่างไร จึงไม่คำนวณ",
            f"the graph does not say how the general cut of B.E. {year} goes with the"
            " special one, so nothing is computed",
        )
    return [*named, *after]


def _reduced(
    result: Computation, taxed: TaxedProperty, parameters: Parameters, tax: Decimal
) -> Decimal:
    for cut in cuts(taxed.year, taxed.special_reduction, parameters):
        rate = cut.number("rate")
        tax = result.add(
            "reduction", f"{tax:,.2f} − {rate:g} %", tax * (HUNDRED - rate) / HUNDRED, cut
        )
    return tax


def _relieved(
    result: Computation, taxed: TaxedProperty, parameters: Parameters, tax: Decimal
) -> Decimal:
    if taxed.old_tax is None or tax <= taxed.old_tax:
        return tax
    for relief in parameters.of("TaxRelief", taxed.year):
        excess = tax - taxed.old_tax
        share = relief.number("rate")
        return result.add(
            "relief",
            f"{taxed.old_tax:,.2f} + {excess:,.2f} × {share:g} %",
            taxed.old_tax + excess * share / HUNDRED,
            relief,
        )
    return tax


def _weaker(first: str, second: str) -> str:
    return max(first, second, key=_CERTAINTIES.index)


def _check(taxed: TaxedProperty, parameters: Parameters) -> None:
    for th, en in _faults(taxed, parameters):
        raise InputError(th, en)


def _faults(taxed: TaxedProperty, parameters: Parameters) -> Iterator[tuple[str, str]]:
    if taxed.use not in parameters.uses:
        known = ", ".join(parameters.uses)
        yield (
            f"ไม่รู้จักการใช้ประโยชน์ {taxed.use} เลือกจาก {known}",
            f"no use {taxed.use}; choose from {known}",
        )
    if taxed.year < FIRST_YEAR:
        yield (
            f"ภาษีที่ดินและสิ่งปลูกสร้างเริ่มเก็บปีภาษี {FIRST_YEAR} ปี {taxed.year} ยังใช้ภาษีโรงเรือนและที่ดิน",
            f"the tax was first collected for B.E. {FIRST_YEAR}; B.E. {taxed.year} is before it",
        )
    if taxed.year > parameters.last_known_year + 1:
        last = parameters.last_known_year
        yield (
            f"ยังไม่รู้อัตราและการลดภาษีของปีภาษี {taxed.year} ข้อมูลในกราฟถึงปี {last}",
            f"rates of tax year B.E. {taxed.year} are not known; the graph reaches B.E. {last}",
        )
    if taxed.land < 0 or taxed.building < 0 or taxed.land + taxed.building > MOST:
        yield "มูลค่าต้องเป็นจำนวนบาทตั้งแต่ 0 ถึง 1,000 ล้านล้าน", "a value is a sum of baht from 0 to 10^15"
    if taxed.age is not None and (taxed.age < 0 or taxed.structure not in parameters.structures):
        yield (
            "อายุสิ่งปลูกสร้างต้องไม่ติดลบ และต้องบอก --structure masonry half หรือ wood",
            "an age is 0 or more and needs --structure masonry, half or wood",
        )
    if taxed.vacant_years and taxed.use != "vacant":
        yield "--vacant-years ใช้กับ --use vacant เท่านั้น", "--vacant-years goes with --use vacant only"
    if taxed.vacant_years < 0:
        yield "--vacant-years ต้องไม่ติดลบ", "--vacant-years is 0 or more"
    if not taxed.natural_person and taxed.use.startswith("residential-own"):
        yield (
            "ที่อยู่อาศัยของเจ้าของซึ่งมีชื่อในทะเบียนบ้านเป็นของบุคคลธรรมดาเท่านั้น นิติบุคคลใช้ residential-other",
            "only a natural person has an own home; a juristic person uses residential-other",
        )
    if taxed.old_tax is not None and not parameters.of("TaxRelief", taxed.year):
        yield (
            f"การบรรเทาภาระตามมาตรา 97 ใช้เฉพาะปีภาษี 2563 ถึง 2565 ไม่ใช้กับปี {taxed.year}",
            f"the relief of section 97 holds for B.E. 2563 to 2565 only, not for {taxed.year}",
        )
