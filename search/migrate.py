"""Bring the catalogue's tables to the version that this program knows."""

from pathlib import Path

from sqlalchemy import Engine, column, inspect, select, table

from search.errors import StorageError
from search.tables import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"


def current_version(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(
            select(column("version_num")).select_from(table("alembic_version"))
        ).scalar_one_or_none()


def migrate(engine: Engine) -> None:
    """Create or upgrade the tables; a catalogue of a newer spana is refused.

    Raises:
        StorageError: the catalogue was made by a newer version.
    """
    version = current_version(engine)
    if version == SCHEMA_VERSION:
        return
    # Alembic takes a third of a second to import, and is needed once in the life of a catalogue.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(f"Katalogen är gjord av en nyare spana (version {version}). Uppgradera spana.")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
