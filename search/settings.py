"""Settings, each from the environment variable `SPANA_<NAME>` (or given in code)."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things live and which services and models are used. Everything has a default that needs no network."""

    model_config = SettingsConfigDict(env_prefix="SPANA_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("spana", appauthor=False)),
        description="Katalog för allt som spana sparar: katalogdatabas, vektorer, sidbilder, modeller.",
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy-adress till katalogen, t.ex. PostgreSQL. Förval: SQLite i hemkatalogen."
    )
    qdrant_url: str | None = Field(
        default=None, description="Adress till en Qdrant-server. Förval: Qdrant Edge i hemkatalogen."
    )
    qdrant_api_key: SecretStr | None = Field(default=None, description="Nyckel till Qdrant-servern.")
    qdrant_collection: str = Field(default="spana", description="Samlingens namn på Qdrant-servern.")
    embedding_model: str | None = Field(
        default=None, description="Modell för textvektorer: namn eller mapp. Förval: multilingual-e5-small."
    )
    ner_model: str | None = Field(
        default=None,
        description="Modell för namn: spaCy-paket, modellnamn eller mapp; none för ingen. Förval: den medföljande.",
    )
    threads: int | None = Field(default=None, ge=1, description="Trådar för textvektorer. Förval: maskinens kärnor.")
    workers: int = Field(default=1, ge=1, le=64, description="Processer som läser filer samtidigt.")
    timeout: float = Field(
        default=1800.0, gt=0, description="Längsta tid i sekunder för att läsa en fil; en inskannad sida kan ta tio."
    )
    memory_mb: int = Field(default=2048, ge=128, description="Minne i MB som läsningen av en fil får använda.")
    registry_file: Path | None = Field(
        default=None, description="YAML-fil med egna namn som läggs till registret över kända namn."
    )
    mask_personal_data: bool = Field(
        default=True,
        description="Dölj personnummer, telefonnummer och privata e-postadresser i allt som visas och exporteras.",
    )
    api_key: SecretStr | None = Field(default=None, description="Nyckel som HTTP-gränssnittet kräver för ändringar.")
    language: Literal["sv", "en"] = Field(default="sv", description="Språk i gränssnittet.")
    cors_origins: tuple[str, ...] = Field(
        default=(),
        description="Webbplatser vars sidor får läsa HTTP-gränssnittet, som JSON-lista. Förval: inga (CORS avstängt).",
    )
