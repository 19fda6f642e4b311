"""What the HTTP interface says when something is wrong, in Swedish and English."""

import functools
import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from starlette.requests import Request

from api.language import Language, Text

TITLES = {
    400: Text(sv="Begäran kan inte tolkas", en="The request cannot be understood"),
    401: Text(sv="Nyckel saknas eller är fel", en="The key is missing or wrong"),
    403: Text(sv="Inte tillåtet", en="Not allowed"),
    404: Text(sv="Finns inte", en="Not found"),
    405: Text(sv="Metoden är inte tillåten", en="Method not allowed"),
    409: Text(sv="Stämmer inte med arkivet", en="Not in agreement with the archive"),
    413: Text(sv="Filen är för stor", en="The file is too large"),
    415: Text(sv="Filtypen kan inte läsas", en="The type of file cannot be read"),
    422: Text(sv="Felaktigt värde", en="Wrong value"),
    500: Text(sv="Oväntat fel", en="Unexpected error"),
    503: Text(sv="Arkivet kan inte användas just nu", en="The archive cannot be used now"),
}
OTHER = Text(sv="Fel", en="Error")
DETAILS = {
    400: Text(sv="Begäran kan inte tolkas; se /api/v1/openapi.json.", en="See /api/v1/openapi.json."),
    404: Text(
        sv="Sidan eller resursen finns inte; kontrollera adressen.", en="There is nothing here; check the address."
    ),
    405: Text(
        sv="Adressen finns, men inte med den metoden; se /api/v1/openapi.json.",
        en="The address exists, but not with that method; see /api/v1/openapi.json.",
    ),
    500: Text(
        sv="Något gick fel i spana; försök igen, och be den som driver tjänsten att se i loggen.",
        en="Something went wrong in spana; try again, and ask whoever runs the service to look in the log.",
    ),
}
MESSAGES = {
    "missing": Text(sv="saknas", en="is missing"),
    "int_parsing": Text(sv="ska vara ett heltal", en="must be a whole number"),
    "int_from_float": Text(sv="ska vara ett heltal", en="must be a whole number"),
    "int_parsing_size": Text(sv="är ett för stort tal", en="is too large a number"),
    "greater_than_equal": Text(sv="ska vara minst {ge}", en="must be at least {ge}"),
    "less_than_equal": Text(sv="får vara högst {le}", en="must be at most {le}"),
    "string_too_short": Text(sv="får inte vara tomt", en="must not be empty"),
    "string_too_long": Text(sv="får ha högst {max_length} tecken", en="must have at most {max_length} characters"),
    "too_long": Text(sv="får ges högst {max_length} gånger", en="must be given at most {max_length} times"),
    "literal_error": Text(sv="ska vara ett av {expected}", en="must be one of {expected}"),
    "bool_parsing": Text(sv="ska vara true eller false", en="must be true or false"),
    "string_pattern_mismatch": Text(sv="har fel form", en="is not in its form"),
    "unknown_parameter": Text(sv="är ingen känd parameter", en="is no known parameter"),
}
UNREADABLE = Text(sv="kan inte tolkas", en="cannot be understood")
_LANGUAGES: dict[str, Language] = {"sv": "sv", "en": "en"}


class Sentence(BaseModel):
    """An error in both languages; `{}` stands for any words, `{1}` for the first of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sv: str
    en: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("(.*?)".join(re.escape(part) for part in self.sv.split("{}")), re.DOTALL)


@functools.cache
def sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Swedish patterns and their English. Raises pydantic.ValidationError when the file is not in its form."""
    content = yaml.safe_load((Path(__file__).parent / "data" / "problems.yaml").read_text(encoding="utf-8"))
    return tuple((one.pattern, one.en) for one in TypeAdapter(tuple[Sentence, ...]).validate_python(content))


def english(swedish: str) -> str | None:
    """The English of an error; None when nobody has written it."""
    for pattern, text in sentences():
        match = pattern.fullmatch(swedish)
        if match:
            return re.sub(r"\{(\d)\}", lambda place, found=match: str(found[int(place[1])]), text)  # type: ignore[misc]
    return None


def detail_in(language: Language, swedish: str, status: int) -> str:
    """An error's sentence in a language; what nobody has put into English is quoted as it is."""
    if language == "sv":
        return swedish
    return english(swedish) or f"{TITLES.get(status, OTHER).en}. In Swedish: {swedish}"


_PAGES = {
    "Se spana reports.": "Se sidan Rapporter.",
    "Se spana entities.": "Se sidan Namn.",
    "Se spana watch list.": "Se sidan Bevakade frågor.",
    "See GET /api/v1/reports.": "See the page Reports.",
    "See GET /api/v1/entities.": "See the page Names.",
    "See spana watch list.": "See the page Followed questions.",
}
"""What a command or a route lists, and the page that lists it."""


def for_people(said: str) -> str:
    """An error that sends people to a page instead of to a command or a route."""
    for place, page in _PAGES.items():
        said = said.replace(place, page)
    return said


def language_of(request: Request) -> Language:
    """`lang`, else the best of Accept-Language, else Swedish."""
    asked = _LANGUAGES.get(request.query_params.get("lang", ""))
    if asked is not None:
        return asked
    best: tuple[float, Language] = (0.0, "sv")
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        name, _, weight = part.strip().partition(";")
        language = _LANGUAGES.get(name.strip().lower()[:2])
        quality = _quality(weight)
        if language is not None and quality > best[0]:
            best = quality, language
    return best[1]


def _quality(text: str) -> float:
    """The weight of RFC 9110, 12.4.2; 1 when none is given, 0 when it cannot be read."""
    found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", text)
    return float(found[1]) if found else 0.0 if text.strip() else 1.0
