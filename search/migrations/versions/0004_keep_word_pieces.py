"""Keep the word pieces of passages for late interaction."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pieces",
        sa.Column("passage", _KEY, primary_key=True, autoincrement=False),
        sa.Column("report_key", _KEY, sa.ForeignKey("reports.key", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("pieces", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("pieces")
