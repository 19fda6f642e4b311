"""Keep questions that people follow, and what each has found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_questions",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("told", _KEY, nullable=False),
    )
    op.create_table(
        "saved_items",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        sa.Column(
            "question", sa.String(), sa.ForeignKey("saved_questions.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("saved_items")
    op.drop_table("saved_questions")
