"""Keep the programmes that reports name, the names in use, people's corrections and counts of personal data."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _owner() -> sa.Column[int]:
    return sa.Column("report_key", _KEY, sa.ForeignKey("reports.key", ondelete="CASCADE"), nullable=False, index=True)


def upgrade() -> None:
    op.create_table(
        "discoveries",
        _owner(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("long_form", sa.Text()),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("sightings", sa.Integer(), nullable=False),
    )
    op.create_table(
        "names",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
    )
    op.create_table(
        "corrections",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String()),
        sa.Column("made_at", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "personal_data",
        _owner(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("looked_through", sa.String(), nullable=True))
    with op.batch_alter_table("mentions") as mentions:
        mentions.add_column(sa.Column("known", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("mentions") as mentions:
        mentions.drop_column("known")
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("looked_through")
    for table in ("personal_data", "corrections", "names", "discoveries"):
        op.drop_table(table)
