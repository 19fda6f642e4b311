"""Numbers as Swedes write them."""


def number(value: float | str | None, unit: str | None = None) -> str:
    """A value with decimal comma and thin groups; text as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    written = f"{value:,.10g}".replace(",", "\u00a0").replace(".", ",")
    return f"{written}\u00a0{unit}" if unit else written
