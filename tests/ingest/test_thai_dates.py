"""Dates: what is written is what is read, and nothing else."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.thai import date_text
from ingest.thai_dates import find_date, find_range, mend, split_numeric_date

DAYS = st.dates(date(1957, 1, 1), date(2055, 11, 25))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(DAYS, st.booleans())
def test_a_date_in_words_is_read_back(day: date, thai_digits: bool) -> None:
    text = f"เมื่อวันที่ {date_text(day.isoformat())} ณ กรุงเทพ"
    assert find_date(mend(text.translate(THAI) if thai_digits else text)) == day


@given(DAYS, st.integers(0, 400))
def test_a_range_is_read_back(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    text = f"ระหว่างวันที่ {date_text(day.isoformat())} – {date_text(end.isoformat())}"
    assert find_range(text) == (day, end)


@given(DAYS, st.sampled_from(["กำหนดการ", "เวอร์ชัน 1.0", "เลขที่ มสพร. 6-5 : 2567", "ข้อ (2)"]))
def test_a_date_in_figures_is_split_from_its_title(day: date, title: str) -> None:
    figures = f"{day.day}/{day.month:02}/{day.year + 543}"
    if title[-1].isdigit() and day.day < 10 and not title.endswith(".0"):
        figures = f"0{figures}"
    if title.endswith(".0") and day.day >= 10:
        # «1.010/06/2567» cannot be told apart; pages write such days after a space.
        title += " "
    assert split_numeric_date(title + figures) == (title.strip(), day)


@given(st.text(max_size=80))
def test_any_text_is_safe(text: str) -> None:
    find_date(text)
    find_range(text)
    split_numeric_date(mend(text))
