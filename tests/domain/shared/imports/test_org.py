"""Units from a list: a tree of any depth with days and places; what a later list changes, ends and takes back."""

import pytest

from domain.shared.imports.errors import ImportChangedSince, ImportNotApplied, ImportStale, ImportStoodOn
from domain.shared.imports.org import tree_problems
from tests.domain.shared.imports.conftest import TODAY, Importing

HEADINGS = "机构号,名称,类别,上级机构号,经度,纬度,坐标系,开业日期,撤并日期\n"
TREE = (
    HEADINGS
    + "HEAD,某农商行,总行,,,,,,\n"
    + "A01,城北支行,网点,R1,119.80123,33.78123,GCJ02,2015-06-01,\n"
    + "B01,城南支行,网点,R1,,,,,\n"
    + "R1,城区管辖行,,HEAD,,,,,\n"
    + "C01,东乡分理处,,A01,,,,2027-01-01,\n"
)
TABLES = ("org_units", "org_unit_days")


def codes(importing: Importing, text: str, **given: bool) -> list[tuple[str, str]]:
    return [(one.act.value, one.key[0]) for one in importing.tried("org", text, **given).changes]


def said(importing: Importing, text: str) -> list[tuple[str, str]]:
    return [(str(one.place), one.said.code) for one in importing.tried("org", text).problems]


def test_a_tree_with_a_level_more(importing: Importing) -> None:
    tried = importing.tried("org", TREE)
    assert [(one.act.value, one.key[0]) for one in tried.changes] == [
        ("CHANGED", "HEAD"),
        ("CHANGED", "A01"),
        ("CHANGED", "B01"),
        ("NEW", "R1"),
        ("NEW", "C01"),
    ]
    importing.applied("org", TREE)
    units = dict(
        importing.bank.connection.execute(
            """select o.code, array[o.kind, p.code, round(o.lon_deg_wgs84::numeric, 4)::text]
                 from org_units o left join org_units p on p.id = o.parent_id"""
        ).fetchall()
    )
    assert units["R1"] == ["BRANCH", "HEAD", None]
    assert units["C01"] == ["OUTLET", "A01", None]
    assert units["A01"] == ["OUTLET", "R1", "119.7961"], "the point of a GCJ-02 map lies elsewhere in WGS 84"


def test_the_same_file_again_changes_nothing(importing: Importing) -> None:
    importing.applied("org", TREE)
    tried = importing.tried("org", TREE)
    assert (tried.changes, tried.same, tried.problems) == ((), 5, ())


def test_only_what_a_later_file_changes(importing: Importing) -> None:
    importing.applied("org", TREE)
    assert codes(importing, TREE.replace("城南支行", "城南总支行")) == [("CHANGED", "B01")]
    assert codes(importing, "机构号,名称\nB01,城南支行\n") == [], (
        "columns that the sheet lacks stay as they are"
    )


def test_a_move_keeps_its_days_and_is_taken_back_exactly(importing: Importing) -> None:
    importing.applied("org", TREE)
    before = importing.snapshot(*TABLES)
    importing.applied("org", "机构号,名称,上级机构号,变更日期\nC01,东乡支行,R1,2026-11-01\n")
    days = importing.bank.connection.execute(
        """select d.name, d.from_on::text, d.to_on::text from org_unit_days d join org_units o on o.id = d.org_unit_id
            where o.code = 'C01' order by d.to_on"""
    ).fetchall()
    # It came on the day of the first import, and a change dated before that day replaces nothing of the past.
    assert days == [("东乡支行", TODAY.isoformat(), "infinity")]
    importing.undone("org")
    assert importing.snapshot(*TABLES) == before


def test_what_a_whole_list_leaves_out_ends_unless_it_is_used(importing: Importing) -> None:
    importing.applied("org", TREE)
    whole = "\n".join(line for line in TREE.splitlines() if line[:3] not in ("C01", "B01"))
    tried = importing.tried("org", whole, is_whole=True)
    assert [(one.act.value, one.key[0], one.after["to_on"]) for one in tried.changes] == [
        ("ENDED", "C01", TODAY.isoformat())
    ]
    (problem,) = tried.problems
    assert problem.said.code == "ROW_STILL_USED"
    assert dict(problem.said.values) == {"unit": "B01", "staff": 2, "units": 0, "grids": 1}


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        (",城北,网点,HEAD,,,,,", "A2", "ROW_VALUE_MISSING"),
        ("X1,,网点,HEAD,,,,,", "B2", "ROW_VALUE_MISSING"),
        ("X1,城北,庙,HEAD,,,,,", "C2", "ROW_NOT_ONE_OF"),
        ("X1,城北,网点,X9,,,,,", "A2", "ROW_NOT_KNOWN"),
        ("X1,城北,网点,X1,,,,,", "A2", "ROW_NOT_KNOWN"),
        ("X1,城北,网点,,,,,,", "A2", "ROW_SECOND_ROOT"),
        ("X1,城北,网点,HEAD,119.8,33.7,,,", "G2", "ROW_PLACE_INCOMPLETE"),
        ("X1,城北,网点,HEAD,119.8,,GCJ02,,", "E2", "ROW_PLACE_INCOMPLETE"),
        ("X1,城北,网点,HEAD,33.7,119.8,GCJ02,,", "E2", "ROW_PLACE_TURNED"),
        ("X1,城北,网点,HEAD,11.9,33.7,GCJ02,,", "E2", "ROW_PLACE_ELSEWHERE"),
        ("X1,城北,网点,HEAD,nan,33.7,GCJ02,,", "E2", "ROW_NOT_A_NUMBER"),
        ("X1,城北,网点,HEAD,,,,2026-02-30,", "H2", "ROW_NOT_A_DAY"),
        ("X1,城北,网点,HEAD,,,,2026-03-01,2026-03-01", "I2", "ROW_DAYS_TURNED"),
        ("X1," + "长" * 61 + ",网点,HEAD,,,,,", "B2", "ROW_VALUE_TOO_LONG"),
    ],
)
def test_a_bad_row_is_told_with_its_place(importing: Importing, line: str, place: str, code: str) -> None:
    good = "X2,城西支行,网点,HEAD,,,,,\n"
    tried = importing.tried("org", HEADINGS + line + "\n" + good)
    assert [(str(one.place), one.said.code) for one in tried.problems][:1] == [(place, code)]
    assert [one.key[0] for one in tried.changes] == ["X2"]
    assert tried.refused == 1


def test_a_circle_is_told_with_its_way() -> None:
    units = {"H": {}, "A": {"parent": "B"}, "B": {"parent": "C"}, "C": {"parent": "A"}, "D": {"parent": "A"}}
    ((code, said),) = tree_problems(units, TODAY)
    assert (code, said.code, said.values["way"]) == ("A", "ROW_IN_A_CIRCLE", "A > B > C > A")


def test_two_rows_of_one_unit(importing: Importing) -> None:
    text = HEADINGS + "X1,城西,网点,HEAD,,,,,\nX1,城西,网点,HEAD,,,,,\nX1,城东,网点,HEAD,,,,,\n"
    assert said(importing, text) == [("A4", "ROW_TWICE")]


@pytest.mark.parametrize("a_statement", [500, 2])
def test_an_import_is_undone_whole(
    importing: Importing, monkeypatch: pytest.MonkeyPatch, a_statement: int
) -> None:
    """Also where those above go in an earlier statement than those below them."""
    monkeypatch.setattr("domain.shared.imports.taking_away.ROWS_A_STATEMENT", a_statement)
    before = importing.snapshot(*TABLES)
    importing.applied("org", TREE)
    importing.undone("org")
    assert importing.snapshot(*TABLES)[0] == before[0]
    with pytest.raises(ImportNotApplied):
        importing.undone("org")


def test_what_stands_on_it_is_named(importing: Importing) -> None:
    importing.applied("org", TREE)
    first = importing.last
    importing.applied("org", "机构号,名称,上级机构号\nD01,新网点,C01\n")
    with pytest.raises(ImportStoodOn) as refused:
        importing.undone("org", first)
    assert dict(refused.value.statement.values) == {"key": "C01", "referring": "org_units", "rows": 1}


def test_who_changed_it_since_is_named(importing: Importing) -> None:
    importing.applied("org", TREE)
    importing.bank.connection.execute("update org_units set name = '别名' where code = 'R1'")
    with pytest.raises(ImportChangedSince):
        importing.undone("org")


def test_a_dry_run_that_is_no_longer_true_is_not_carried_out(importing: Importing) -> None:
    from domain.shared.imports.carrying_out import apply_import
    from domain.shared.principal import SYSTEM

    import_id = importing.kept("org", TREE)
    importing.bank.connection.execute("update org_units set name = '别名' where code = 'A01'")
    with pytest.raises(ImportStale):
        apply_import(importing.rows, importing.kind("org"), import_id, by=SYSTEM)
