"""Reasons as statements: the customer's own figures, and never a technical name."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.features.columns import FEATURES, NAMES, POSITION, Say
from ml.reasons import SUBJECTS, by_subject, reasons_of
from ml.statements import statement
from schema.words.wording import Language, word

ZERO = dict.fromkeys(NAMES, 0.0)


@pytest.mark.parametrize(
    ("say", "figures", "words"),
    [
        (Say.AVERAGE, {"average_3m_0": 51_000, "average_3m_3": 123_000}, "近三个月日均存款由 12.30 万元降至 5.10 万元"),
        (Say.BALANCE, {"balance_0": 8_000, "balance_1": 30_000}, "存款余额由上月末的 3.00 万元降至 8,000 元"),
        (
            Say.BALANCE,
            {"balance_0": 30_000, "balance_1": 31_000, "balance_4": 60_000},
            "存款余额 3.00 万元，为近 5 个月末最高 6.00 万元的 50%",
        ),
        (Say.MATURING, {"term_maturing_30d": 50_000}, "定期存款 5.00 万元将在 30 天内到期"),
        (
            Say.MATURING,
            {"term_maturing_90d": 50_000, "balance_0": 80_000},
            "定期存款 5.00 万元将在 90 天内到期，占存款 63%",
        ),
        (
            Say.MATURED,
            {"term_matured_3m": 50_000, "term_0": 0},
            "近三个月有定期存款 5.00 万元到期，没有全部续存，定期余额 0 元",
        ),
        (Say.TERM, {"term_0": 20_000, "term_change_3m": -30_000}, "定期存款近三个月由 5.00 万元降至 2.00 万元"),
        (Say.ACCOUNTS, {"accounts_closed_3m": 2, "accounts": 1}, "近三个月销户 2 个，现有存款账户 1 个"),
        (
            Say.POS,
            {"pos_0": 4_000, "pos_1": 20_000, "pos_2": 20_000, "pos_3": 20_000},
            "收单月流水由前三个月月均 2.00 万元降至 4,000 元",
        ),
        (Say.LOANS, {"loans_settled_3m": 1, "loan_balance": 0}, "近三个月结清贷款 1 笔，现有贷款余额 0 元"),
        (Say.LINE, {"line": 100_000, "line_used": 2_500}, "授信额度 10.00 万元，只用了 2,500 元"),
        (Say.CHANNEL, {"channel_unused_days": 60, "mobile_unused_days": 90}, "开通的电子渠道已 60 天没有使用"),
        (Say.CHANNEL, {"channel_unused_days": 3, "mobile_unused_days": 90}, "手机银行已 90 天没有使用"),
        (Say.RELATION, {"tenure_months": 14}, "成为本行客户才 1 年 2 个月"),
        (Say.RELATION, {"tenure_months": 90, "last_account_months": 30}, "已有 2 年 6 个月没有新开存款账户"),
        (Say.SWING, {"balance_0": 20_000, "balance_3": 90_000}, "近半年存款在 0 元与 9.00 万元之间大起大落"),
        (Say.DEMAND, {"balance_0": 20_000, "demand_0": 15_000}, "活期 1.50 万元，占存款 75%，可随时转出"),
        (Say.DEMAND, {"balance_0": 20_000, "demand_0": 20_000}, "存款 2.00 万元全部为活期，可随时转出"),
        (
            Say.BALANCE,
            {"balance_0": 120_000, "balance_1": 30_000},
            "存款余额由上月末的 3.00 万元猛增至 12.00 万元，多半是过路资金，随时可能转走",
        ),
        (
            Say.SIZE,
            {"balance_0": 120_000, "average_3m_0": 30_000},
            "存款余额 12.00 万元，远高于三个月日均 3.00 万元，新到的钱可能只是过路",
        ),
        (Say.SIZE, {"balance_0": 20_000, "average_3m_0": 30_000}, "存款余额 2.00 万元，只有三个月日均 3.00 万元的 67%"),
        (Say.SIZE, {"balance_0": 600, "average_3m_0": 600}, "存款已经不多，余额 600 元"),
        (
            Say.POS,
            {"pos_0": 50_000, "pos_1": 40_000, "pos_2": 40_000, "pos_3": 40_000, "balance_0": 8_000},
            "收单月流水 5.00 万元，存款余额只有 8,000 元，货款没有留下",
        ),
        (Say.TERM, {"term_0": 10_000, "term_share": 0.2}, "定期存款 1.00 万元，只占存款的 20%"),
        (
            Say.LINE,
            {"line": 100_000, "line_used": 90_000, "line_ending_90d": 100_000},
            "授信额度 10.00 万元将在 90 天内到期",
        ),
    ],
)  # fmt: skip
def test_a_statement_has_the_customers_own_figures(say: Say, figures: dict[str, float], words: str) -> None:
    said = statement(say, {**ZERO, **figures})
    assert said is not None
    assert word(said, Language.CHINESE) == words


NO_REASON = [
    (Say.BALANCE, {"balance_0": 33_000, "balance_1": 30_000}),
    (Say.BALANCE, {"balance_0": 29_000, "balance_1": 30_000}),
    (Say.BALANCE, {"balance_0": 30_000, "balance_1": 30_000}),
    (Say.AVERAGE, {"average_3m_0": 2e5, "average_3m_3": 123_000, "balance_0": 2e5}),
    (Say.SIZE, {"balance_0": 200_000, "average_3m_0": 190_000}),
    (Say.SWING, {f"balance_{month}": 50_000 + 4_000 * month for month in range(6)}),
    (Say.DEMAND, {"balance_0": 20_000, "demand_0": 2_000}),
    (Say.TERM, {"term_0": 80_000, "term_share": 0.9, "term_change_3m": 30_000}),
    (Say.MATURED, {"term_matured_3m": 50_000, "term_0": 60_000}),
    (Say.ACCOUNTS, {"accounts": 4, "accounts_opened_90d": 1}),
    (Say.RELATION, {"tenure_months": 90, "last_account_months": 0}),
    (Say.POS, {"pos_0": 50_000, "pos_1": 20_000, "pos_2": 20_000, "pos_3": 20_000, "balance_0": 70_000}),
    (Say.LOANS, {"loans": 2, "loan_balance": 80_000}),
    (Say.LINE, {"line": 100_000, "line_used": 70_000}),
    (Say.CHANNEL, {"channels": 1, "channel_unused_days": 44, "mobile_unused_days": math.nan}),
]


@pytest.mark.parametrize(("say", "figures"), NO_REASON)
def test_what_grew_stayed_or_is_merely_so_is_no_reason_to_leave(say: Say, figures: dict[str, float]) -> None:
    assert statement(say, {**ZERO, **figures}) is None


def test_one_thing_is_said_once() -> None:
    """Last month-end, the highest one and the average are three ways to say how little is left."""
    figures = {**ZERO, "balance_0": 8_000, "balance_1": 30_000, "average_3m_0": 30_000, "demand_0": 8_000}
    weight = {Say.BALANCE: 0.9, Say.SIZE: 0.8, Say.DEMAND: 0.7, Say.TERM: 0.6, Say.LOANS: 0.1}
    reasons = reasons_of([weight.get(say, 0.0) for say in SUBJECTS], [figures[name] for name in NAMES])
    assert [reason.code for reason in reasons] == ["SCORE_BALANCE_FELL", "SCORE_ALL_DEMAND", "SCORE_NO_LOANS"]


def test_that_money_came_suddenly_is_said_once() -> None:
    figures = {
        **ZERO,
        "balance_0": 120_000,
        "balance_1": 30_000,
        "average_3m_0": 30_000,
        "average_3m_3": 30_000,
    }
    weight = {Say.BALANCE: 0.9, Say.SIZE: 0.8, Say.AVERAGE: 0.7, Say.TERM: 0.1}
    reasons = reasons_of([weight.get(say, 0.0) for say in SUBJECTS], [figures[name] for name in NAMES])
    assert [reason.code for reason in reasons] == ["SCORE_BALANCE_JUMPED", "SCORE_NO_TERM"]


@pytest.mark.parametrize("say", [Say.POS, Say.LINE, Say.MATURING, Say.MATURED])
def test_a_subject_without_figures_is_silent(say: Say) -> None:
    assert statement(say, {**ZERO, "pos_0": math.nan, "line": math.nan}) is None


FIGURE = st.one_of(st.just(math.nan), st.just(0.0), st.floats(0, 1e8, allow_nan=False, width=32))


@given(
    values=st.lists(FIGURE, min_size=len(NAMES), max_size=len(NAMES)),
    weights=st.lists(st.floats(-1, 1), min_size=len(SUBJECTS), max_size=len(SUBJECTS)),
)
@settings(max_examples=100, deadline=None)
def test_whatever_the_figures_no_reason_is_technical(values: list[float], weights: list[float]) -> None:
    for always in ("balance_0", "average_3m_0", "demand_0", "term_0", "term_maturing_30d", "term_maturing_90d",
                   "accounts", "accounts_opened_90d", "loans", "loan_balance", "loans_settled_3m",
                   "loan_ending_90d", "loan_overdue_days"):  # fmt: skip
        position = POSITION[always]
        values[position] = 0.0 if math.isnan(values[position]) else values[position]
    reasons = reasons_of(weights, values)
    assert len(reasons) <= 3
    assert len(set(map(str, reasons))) == len(reasons)
    for reason in (word(reason, language) for reason in reasons for language in Language):
        assert "nan" not in reason
        assert "_" not in reason
        assert reason.isprintable()


def test_the_strongest_subjects_speak_first_and_what_lowers_the_score_is_silent() -> None:
    figures = {
        **ZERO,
        "average_3m_0": 51_000,
        "average_3m_3": 123_000,
        "balance_0": 8_000,
        "balance_1": 30_000,
    }
    weight = {Say.AVERAGE: 0.2, Say.BALANCE: 0.9, Say.POS: 0.5, Say.ACCOUNTS: -0.7}
    reasons = reasons_of(
        [weight.get(say, 0.0) for say in SUBJECTS], [{**figures, "pos_0": math.nan}[name] for name in NAMES]
    )
    assert [word(reason, Language.CHINESE) for reason in reasons] == [
        "存款余额由上月末的 3.00 万元降至 8,000 元",
        "近三个月日均存款由 12.30 万元降至 5.10 万元",
    ]


def test_contributions_of_one_subject_are_added_up() -> None:
    contributions = np.zeros((1, len(FEATURES)), dtype=np.float32)
    contributions[0, POSITION["average_3m_3"]] = 0.5
    contributions[0, POSITION["average_to_3"]] = -0.2
    contributions[0, POSITION["is_person"]] = 9.0
    weights = by_subject(contributions)[0]
    assert weights[SUBJECTS.index(Say.AVERAGE)] == pytest.approx(0.3)
    assert weights.sum() == pytest.approx(0.3)


def test_every_feature_has_a_title_and_the_list_no_double() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len({feature.title for feature in FEATURES}) == len(FEATURES)
