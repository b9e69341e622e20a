"""accounts of other currencies stand by themselves, and in no sum"""

import sqlalchemy as sa
from alembic import op

revision = "f04e1980ca5b"
down_revision = "7a1c5e0f42d9"
branch_labels = None
depends_on = None

# What was taken in before is as the core wrote it. What is not among these stays so, and apart.
_SPELLINGS = """
    ('RMB', 'CNY'), ('CNH', 'CNY'), ('156', 'CNY'), ('01', 'CNY'), ('人民币', 'CNY'), ('CNY', 'CNY'),
    ('USD', 'USD'), ('840', 'USD'), ('14', 'USD'), ('美元', 'USD'), ('HKD', 'HKD'), ('344', 'HKD'), ('13', 'HKD'),
    ('港币', 'HKD'), ('JPY', 'JPY'), ('392', 'JPY'), ('27', 'JPY'), ('日元', 'JPY'), ('EUR', 'EUR'), ('978', 'EUR'),
    ('38', 'EUR'), ('欧元', 'EUR'), ('GBP', 'GBP'), ('826', 'GBP'), ('12', 'GBP'), ('英镑', 'GBP'), ('AUD', 'AUD'),
    ('036', 'AUD'), ('29', 'AUD'), ('CAD', 'CAD'), ('124', 'CAD'), ('28', 'CAD'), ('SGD', 'SGD'), ('702', 'SGD'),
    ('18', 'SGD'), ('CHF', 'CHF'), ('756', 'CHF'), ('15', 'CHF'), ('MOP', 'MOP'), ('446', 'MOP'), ('81', 'MOP'),
    ('KRW', 'KRW'), ('410', 'KRW')"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "foreign_deposits",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("account_no", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("balance_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("matures_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id", "account_no", name="foreign_deposits_pkey"),
    )
    op.execute(f"""
        update src_core_deposit s set currency = known.letters
          from (values {_SPELLINGS}) known (written, letters)
         where s.currency <> 'CNY' and known.written = upper(btrim(normalize(s.currency, NFKC)))
           and s.currency <> known.letters
    """)
    # The next night works the month-ends out anew, without what was added to the yuan.
    op.execute("""
        delete from settings where name = 'month_ends'
           and exists (select from src_core_deposit where currency <> 'CNY')
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("foreign_deposits")
