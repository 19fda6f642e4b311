"""How many Swedish compounds of the domain are split as a reader splits them."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from eval.figure import Figure
from models.compounds import compound_parts

WORDS = Path(__file__).parent / "data" / "compounds.json"
TARGET = 0.9


class Compound(BaseModel):
    """A word with its parts as base forms; `parts` is empty for a word that must stay whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    word: str
    pieces: tuple[str, ...]
    """The letters of each part, binding letters with the part before them."""
    parts: tuple[tuple[str, ...], ...]
    """Every division that a reader accepts; an empty one says that the word may also be left whole."""
    held_out: bool
    """Not looked at while the splitter was worked on."""

    @property
    def right(self) -> bool:
        """Whether the splitter gives one of the accepted divisions, or none where there is none."""
        found = compound_parts(self.word)
        return found in self.parts if self.parts else found == ()


def words() -> tuple[Compound, ...]:
    """The 200 annotated words."""
    return TypeAdapter(tuple[Compound, ...]).validate_json(WORDS.read_bytes())


def compound_figures() -> list[Figure]:
    """Share of words split right: all, the half worked on, the half held out."""
    every = words()
    worked_on = [word for word in every if not word.held_out]
    held_out = [word for word in every if word.held_out]
    return [
        _figure("alla", every, TARGET),
        _figure("bearbetade", worked_on),
        _figure("undanhållna", held_out, TARGET),
        _figure("sammansatta", [word for word in every if word.parts]),
        _figure("ska vara hela", [word for word in every if not word.parts]),
    ]


def _figure(name: str, some: Sequence[Compound], target: float | None = None) -> Figure:
    return Figure("sammansättningar", name, sum(word.right for word in some) / len(some), target, f"({len(some)} ord)")
