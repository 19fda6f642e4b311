"""Lines are no wider than asked, and put together they give the text back."""

from hypothesis import given
from hypothesis import strategies as st

from examples.hyphen import break_lines, hyphenate

WORDS = st.lists(st.text("abdeiklmnorstuåäö", min_size=1, max_size=24), min_size=1, max_size=12)


def parts(word: str) -> list[str]:
    return [f"{word[:at]}-{word[at:]}" for at in hyphenate(word)]


def test_breaks_before_the_last_consonant_of_a_group() -> None:
    assert parts("arbetslösheten") == ["arbets-lösheten", "arbetslös-heten"]


def test_no_break_where_two_words_may_meet() -> None:
    assert parts("budgetjusteringar") == ["budgetjuste-ringar"]


def test_names_with_hyphens_and_figures_are_not_broken() -> None:
    assert hyphenate("Spånga-Tensta") == []
    assert hyphenate("2022-01-01") == []


@given(WORDS, st.integers(min_value=8, max_value=40))
def test_no_letter_is_lost(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = break_lines(text, width, lambda line: float(len(line)), hyphens=True)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")
