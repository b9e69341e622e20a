"""reasons of scores, files and nights are codes and their values; sentences kept so far stay as they were said"""

from alembic import op

revision = "5a1d0f2164ed"
down_revision = "9e7e47104e27"
branch_labels = None
depends_on = None

SAID = """
    create or replace function pg_temp.said(texts jsonb) returns jsonb immutable language sql as $$
        select coalesce(jsonb_agg(jsonb_build_object(
                   'code', 'AS_SAID_BEFORE', 'values', jsonb_build_object('text', t.text)) order by t.place), '[]')
          from jsonb_array_elements_text(texts) with ordinality t (text, place) $$
"""
TOLD = """
    create or replace function pg_temp.told(statement jsonb) returns text immutable language sql as $$
        select coalesce(statement #>> '{values,text}', statement ->> 'code') $$
"""
ALL_TOLD = """
    create or replace function pg_temp.all_told(statements jsonb) returns jsonb immutable language sql as $$
        select coalesce(jsonb_agg(pg_temp.told(s.statement) order by s.place), '[]')
          from jsonb_array_elements(statements) with ordinality s (statement, place) $$
"""
EVIDENCE = {
    "唯一来源": "ALONE",
    "证件号码一致": "CERTIFICATE",
    "统一社会信用代码一致": "CREDIT_CODE",
    "户主证件一致": "HEAD",
    "客户号一致且名称相符": "CUSTOMER_NUMBER",
    "组织机构代码一致": "ORGANISATION_CODE",
    "名称一致且有旁证": "FIRM_NAME",
    "电话与姓名一致": "PHONE",
    "户主姓名与村一致": "HEAD_NAME",
    "；": ",",
}
DOUBTS = {
    "证件号码相同而姓名明显不同": "NAMES_DIFFER",
    "组织机构代码相同而统一社会信用代码不同": "CREDIT_CODES_DIFFER",
    "名称相同而无旁证（代码、负责人、电话均缺或不同）": "NAME_ALONE",
    "客户号相同而名称不符": "NUMBER_OF_ANOTHER_NAME",
    "电话与名称相同，代码有多个": "CODES_AMBIGUOUS",
    "电话与姓名相同，证件有多个": "CERTIFICATES_AMBIGUOUS",
    "户主证件相同而姓名明显不同": "HEADS_NAMES_DIFFER",
    "同村且户主同名，户主证件缺失": "HEADS_CERTIFICATE_MISSING",
    "电话与姓名相同而证件号码不同": "CERTIFICATES_DIFFER",
    "电话与姓名相同而出生日期不同": "BIRTHDAYS_DIFFER",
    "电话与姓名相同而性别不同": "GENDERS_DIFFER",
    "电话与姓名相同而所在村不同": "VILLAGES_DIFFER",
}


def _renamed(column: str, names: dict[str, str]) -> str:
    """The column with each text in place of another, the longest first: one may hold another."""
    made = column
    for before in sorted(names, key=len, reverse=True):
        made = f"replace({made}, '{before}', '{names[before]}')"
    return made


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # First what takes long and keeps nobody from reading; then the tables that are ours alone until the end.
    op.execute(f"update source_records set evidence = {_renamed('evidence', EVIDENCE)}")
    op.execute(f"update match_reviews set reason = {_renamed('reason', DOUBTS)}")
    op.execute(SAID)
    op.execute("alter table score_reasons alter reasons type jsonb using pg_temp.said(reasons)")
    op.execute("alter table batches alter reasons drop default")
    op.execute("alter table batches alter reasons type jsonb using pg_temp.said(reasons)")
    op.execute("alter table batches alter reasons set default '[]'")
    # What the line holds does not stand in a reason any more: it stands in `raw`, a class higher.
    op.execute("""
        alter table quarantined_rows alter reason type jsonb
              using pg_temp.said(jsonb_build_array(regexp_replace(reason, '：[^；]*', '', 'g')))
    """)
    op.execute("alter table quarantined_rows rename reason to reasons")
    op.execute(
        "alter table night_runs alter message type jsonb using pg_temp.said(jsonb_build_array(message)) -> 0"
    )
    op.execute("update night_runs set message = null where message #>> '{values,text}' is null")
    op.execute("alter table night_runs rename message to failure")
    op.execute(
        "alter table night_steps alter message type jsonb using pg_temp.said(jsonb_build_array(message)) -> 0"
    )
    op.execute("update night_steps set message = null where message #>> '{values,text}' is null")
    op.execute("update outbox set error = 'WORKER_VANISHED' where error = '执行它的进程三次都中途消失'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TOLD)
    op.execute(ALL_TOLD)
    op.execute("alter table score_reasons alter reasons type jsonb using pg_temp.all_told(reasons)")
    op.execute("alter table batches alter reasons drop default")
    op.execute("alter table batches alter reasons type jsonb using pg_temp.all_told(reasons)")
    op.execute("alter table batches alter reasons set default '[]'")
    op.execute("alter table quarantined_rows rename reasons to reason")
    op.execute("""
        create or replace function pg_temp.joined(statements jsonb) returns text immutable language sql as $$
            select coalesce(string_agg(pg_temp.told(s.statement), '；' order by s.place), '')
              from jsonb_array_elements(statements) with ordinality s (statement, place) $$
    """)
    op.execute("alter table quarantined_rows alter reason type varchar using pg_temp.joined(reason)")
    op.execute("alter table night_runs rename failure to message")
    for table in ("night_runs", "night_steps"):
        op.execute(f"alter table {table} alter message type varchar using pg_temp.told(message)")
    op.execute(
        f"update source_records set evidence = {_renamed('evidence', {b: a for a, b in EVIDENCE.items()})}"
    )
    op.execute(f"update match_reviews set reason = {_renamed('reason', {b: a for a, b in DOUBTS.items()})}")
