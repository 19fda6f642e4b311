"""Keep the line and the page of the heading that a goal's judgement stands under; older reports have none."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sections", sa.Column("judged_line", sa.Integer))
    op.add_column("sections", sa.Column("judged_page", sa.Integer))


def downgrade() -> None:
    op.drop_column("sections", "judged_page")
    op.drop_column("sections", "judged_line")
