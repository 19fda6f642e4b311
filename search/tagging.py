"""Names found by the trained model: which model found those of the archive, and finding them anew with another."""

from collections.abc import Sequence

from models.ner.tagger import Tagger
from models.pipeline import Entity
from search.catalogue import Catalogue
from search.errors import ModelMismatchError
from search.name_store import NameStore
from search.records import MentionRecord, PassageRecord
from search.runs import in_source, place_of
from search.toolkit import Toolkit

NAME, FINGERPRINT = "tagger", "tagger_fingerprint"
_PASSAGES_AT_ONCE = 256


def check_tagger(catalogue: Catalogue, tagger: Tagger) -> None:
    """Before a report is written: the archive's names are of one model; the first report decides which.

    Raises:
        ModelMismatchError: they were found by another.
    """
    recorded = catalogue.get_meta(FINGERPRINT)
    if recorded is None:
        _record(catalogue, tagger)
    elif recorded != tagger.fingerprint:
        raise ModelMismatchError(
            f"Arkivets namn är funna med namnmodellen {catalogue.get_meta(NAME)} ({recorded}) och inte med "
            f"{tagger.name} ({tagger.fingerprint}). Kör spana reindex, eller ställ tillbaka SPANA_NER_MODEL."
        )


def tag_again(catalogue: Catalogue, toolkit: Toolkit) -> bool:
    """Find the names of every report anew when the model in use is another than the archive's; says whether it was.

    The reports then stand as just read: the names in use are still to be brought to them (`Naming.refresh`).
    """
    if catalogue.get_meta(FINGERPRINT) == toolkit.tagger.fingerprint:
        return False
    store = NameStore(catalogue)
    for report in catalogue.reports():
        passages = [passage for passage in catalogue.passages(report.key) if not passage.is_heading]
        for at in range(0, len(passages), _PASSAGES_AT_ONCE):
            batch = passages[at : at + _PASSAGES_AT_ONCE]
            found = toolkit.annotate([passage.text for passage in batch])
            for passage, entities in zip(batch, found, strict=True):
                store.replace(report.key, passage.position, _rows(passage, entities))
    store.forget_versions()
    _record(catalogue, toolkit.tagger)
    return True


def _rows(passage: PassageRecord, entities: Sequence[Entity]) -> list[MentionRecord]:
    rows = []
    for entity in entities:
        if not in_source(passage.runs, entity.start, entity.end):
            continue
        place = place_of(passage.text, passage.runs, entity.start, entity.end, passage.id)
        rows.append(
            MentionRecord(
                report_key=passage.report_key,
                passage=passage.position,
                label=entity.label,
                name=entity.name,
                text=entity.text,
                start=entity.start,
                end=entity.end,
                marked=True,
                place=place.key,
                line=place.line,
                line_start=place.start,
                line_end=place.end,
                page=place.page,
            )
        )
    return rows


def _record(catalogue: Catalogue, tagger: Tagger) -> None:
    catalogue.set_meta(**{NAME: tagger.name, FINGERPRINT: tagger.fingerprint})
