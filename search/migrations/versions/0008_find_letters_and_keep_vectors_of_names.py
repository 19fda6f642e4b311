"""Find the texts that hold some letters without reading all of them; keep the vectors of indicators' and goals' names.

The vectors of reports read before are made by the next ingest or `spana check`, else when a question first needs them.
"""

import sqlalchemy as sa
from alembic import op

from search import letter_index

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_vectors",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("encoder", sa.String, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_passages_report_section", "passages", ["report_key", "section", "position"])
    op.create_index("ix_indicators_name", "indicators", ["name"])
    op.create_index("ix_indicators_report_passage", "indicators", ["report_key", "passage"])
    op.create_index("ix_headings_report_position", "headings", ["report_key", "position"])
    letter_index.create(op.get_bind())


def downgrade() -> None:
    letter_index.drop(op.get_bind())
    op.drop_index("ix_headings_report_position", "headings")
    op.drop_index("ix_indicators_report_passage", "indicators")
    op.drop_index("ix_indicators_name", "indicators")
    op.drop_index("ix_passages_report_section", "passages")
    op.drop_table("name_vectors")
