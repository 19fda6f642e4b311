"""Words of a question that nobody knows, and the known words they are most like."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import simplemma

from models.dictionary import listed
from models.registry import Registry
from models.words import compound_parts, english_stop_words, lemma, stop_words, tokenize, words_in
from search.data_files import filter_words, question_words
from search.word_counts import WordCounts

SHORTEST = 4
"""Letters of a word that is looked at."""
LONG = 8
"""Letters from which two slips are allowed; shorter words have one."""
_MARKS = str.maketrans("åäöé", "aaoe")
STEERING = 10**6
"""Weight of words that questions are made of, and of names, beside counts in the archive."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another; offsets in the question as asked."""

    start: int
    end: int
    word: str
    other: str


class Vocabulary:
    """The words of an archive with their counts, and the words of the registry and of questions."""

    def __init__(
        self,
        texts: Callable[[], Iterable[str]],
        registry: Callable[[], Registry],
        kept: WordCounts | None = None,
    ) -> None:
        """All are read when a word is first looked for; `kept` has the counts of the texts, or gets them."""
        self._texts = texts
        self._registry = registry
        self._kept = kept

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Small letters → count in the archive."""
        kept = self._kept.read() if self._kept is not None else None
        if kept is not None:
            return kept
        found: Counter[str] = Counter()
        for text in self._texts():
            found.update(word.lower() for word in words_in(text))
        if self._kept is not None:
            self._kept.write(found)
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Words of districts' and other known names, small letters → as written; names of one word only."""
        found: dict[str, str] = {}
        for entry in self._registry().entries:
            if entry.label in ("DISTRICT", "PROGRAM", "ORG"):
                for form in (entry.name, *entry.members):
                    if " " not in form:
                        found.setdefault(form.lower(), form)
        return found

    def knows(self, word: str, *, english: bool) -> bool:
        """Whether a word is a word: in a dictionary, in the archive, a name, or one that questions are made of."""
        small = word.lower()
        if small in steering_words() or small in stop_words() or small in self.names or is_word(small):
            return True
        if english and (small in english_stop_words() or simplemma.is_known(small, lang="en")):
            return True
        if any(len(mention.text) >= len(word) - 1 for mention in self._registry().match(word)):
            return True
        return small in self.counts

    @cached_property
    def undotted(self) -> Mapping[str, str]:
        """Words with å, ä or ö as they are written without the marks → as they should be, the most common first."""
        found: dict[str, str] = {}
        common = sorted(((-count, word) for word, count in self.counts.items() if count > 1))
        for word in (*self.names, *sorted(steering_words()), *(word for _, word in common)):
            bare = word.translate(_MARKS)
            if bare != word:
                found.setdefault(bare, self.names.get(word, word))
        return found

    def dotted(self, word: str) -> str | None:
        """A word with the å, ä and ö that it was written without; None for one that the archive or the dictionary has
        as it is, and for one that no known word is like."""
        small = word.lower()
        known = small in self.counts or small in steering_words() or small in self.names
        if known or small != small.translate(_MARKS) or listed(small) is not None:
            return None
        found = self.undotted.get(small)
        return found[:1].upper() + found[1:] if found and word[:1].isupper() else found

    def nearest(self, word: str) -> str | None:
        """The known word that is fewest slips away, the most common of several; None when none is near enough."""
        small = word.lower()
        most = 2 if len(small) >= LONG else 1
        best: tuple[int, bool, int, str] | None = None
        weighed = [(w, STEERING) for w in (*steering_words(), *self.names)]
        letters = set(small)
        for other, weight in (*weighed, *self.counts.items()):
            if abs(len(other) - len(small)) > most or len(other) < SHORTEST or (weight < 2 and most > 1):
                continue
            if len(letters.symmetric_difference(other)) > 2 * most:
                continue
            slips = distance(small, other, most)
            if slips is not None:
                key = (slips, other[0] != small[0], -weight, other)
                best = key if best is None or key < best else best
        if best is None:
            return None
        found = self.names.get(best[3], best[3])
        return found[:1].upper() + found[1:] if word[:1].isupper() else found


def corrections(text: str, vocabulary: Vocabulary, *, english: bool) -> tuple[Correction, ...]:
    """Corrections of the words in `text` that nobody knows."""
    found: list[Correction] = []
    for token in tokenize(text):
        word = token.text
        plain = word.replace("-", "")
        if len(word) < SHORTEST or not plain.isalpha() or word.isupper():
            continue
        foreign = english and (word.lower() in english_stop_words() or simplemma.is_known(word.lower(), lang="en"))
        other = None if foreign else vocabulary.dotted(word)
        if other is None and not vocabulary.knows(word, english=english):
            other = vocabulary.nearest(word)
        if other is not None and other.lower() != word.lower():
            found.append(Correction(token.start, token.end, word, other))
    return tuple(found)


def distance(one: str, other: str, most: int) -> int | None:
    """Slips between two words: letters added, left out, changed or swapped with the next (optimal string alignment);
    None for more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def is_word(small: str) -> bool:
    """Whether the dictionary knows a word, or the parts it is put together of."""
    return listed(small) is not None or lemma(small) != small or bool(compound_parts(small))


@cache
def steering_words() -> frozenset[str]:
    """Every word that questions are made of."""
    words: set[str] = set()
    lists = [value for value in question_words().model_dump().values() if isinstance(value, tuple)]
    lists += list(question_words().groups.values())
    filters = filter_words()
    for table in (filters.types, filters.statuses, filters.parts):
        lists += [*table.values(), tuple(name.lower() for name in table)]
    for phrases in lists:
        for phrase in phrases:
            words.update(token.text.lower() for token in tokenize(phrase))
    return frozenset(words)
