"""Find the mentions of a passage, and a section, without reading all of their report's."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_mentions_report_passage", "mentions", ["report_key", "passage"])
    op.create_index("ix_sections_report_position", "sections", ["report_key", "position"])


def downgrade() -> None:
    op.drop_index("ix_sections_report_position", "sections")
    op.drop_index("ix_mentions_report_passage", "mentions")
