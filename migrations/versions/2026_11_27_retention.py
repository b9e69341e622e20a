"""how long what is kept, and why, with what the first nights will carry out"""

from alembic import op

revision = "9e7e47104e27"
down_revision = "0bde11571127"
branch_labels = None
depends_on = None

SEEDS = """
insert into retention (what, days, why) values
    ('quarantined_rows', 90, '隔离行含原文，更正下发后不再需要；批次上的行数与原因分类长期保留'),
    ('sessions', 30, '会话失效后只用于排查登录问题'),
    ('sign_in_failures', 1, '来源地址的失败次数一刻钟后即不再计入'),
    ('idempotency_keys', 90, '手机可能隔数周才重发；走访最迟三十天内补录，键比它更久'),
    ('outbox', 30, '已完成的任务只用于排查；未完成与失败的任务不清理'),
    ('night_changes', 7, '当晚变动名单只供本夜各步骤使用'),
    ('night_steps', 400, '步骤用时用于比较快慢；批处理本身长期保留'),
    ('audit', null, '审计记录长期保存，任何期限都不清理'),
    ('audit_seals', null, '封印与审计记录同存'),
    ('proposals', null, '谁提出、谁决定，与参数版本同存'),
    ('parameter_versions', null, '任何一天的数字都要能按当日参数重算')
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        create table retention (
            what varchar not null, days integer, why varchar not null,
            removed bigint not null default 0, tidied_on date,
            constraint retention_pkey primary key (what)
        )
    """)
    op.execute(SEEDS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("retention")
