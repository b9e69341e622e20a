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
        (Say.AVERAGE, {"average_3m_0": 2e5, "average_3m_3": 123_000}, "近三个月日均存款由 12.30 万元升至 20.00 万元"),
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
        (Say.MATURED, {"term_matured_3m": 50_000, "term_0": 0}, "近三个月有定期存款 5.00 万元到期，定期余额为 0 元"),
        (Say.TERM, {"term_0": 20_000, "term_change_3m": -30_000}, "定期存款近三个月由 5.00 万元降至 2.00 万元"),
        (Say.ACCOUNTS, {"accounts_closed_3m": 2, "accounts": 1}, "近三个月销户 2 个，现有存款账户 1 个"),
        (
            Say.POS,
            {"pos_0": 4_000, "pos_1": 20_000, "pos_2": 20_000, "pos_3": 20_000},
            "收单月流水由前三个月月均 2.00 万元降至 4,000 元",
        ),
        (Say.LOANS, {"loans_settled_3m": 1, "loan_balance": 0}, "近三个月结清贷款 1 笔，现有贷款余额 0 元"),
        (Say.LINE, {"line": 100_000, "line_used": 25_000}, "授信额度 10.00 万元，已用 2.50 万元（25%）"),
        (Say.RELATION, {"tenure_months": 14}, "成为本行客户 1 年 2 个月"),
        (Say.AGE, {"age_years": 27, "is_person": 1}, "客户 27 岁"),
        (Say.SWING, {"balance_0": 20_000, "balance_3": 90_000}, "近半年存款在 0 元与 9.00 万元之间波动"),
        (Say.SIZE, {"balance_0": 20_000, "average_3m_0": 30_000}, "存款余额 2.00 万元，三个月日均 3.00 万元"),
        (Say.DEMAND, {"balance_0": 20_000, "demand_0": 15_000}, "活期 1.50 万元，占存款 75%，可随时转出"),
    ],
)  # fmt: skip
def test_a_statement_has_the_customers_own_figures(say: Say, figures: dict[str, float], words: str) -> None:
    said = statement(say, {**ZERO, **figures})
    assert said is not None
    assert word(said, Language.CHINESE) == words


@pytest.mark.parametrize("say", [Say.POS, Say.LINE, Say.MATURING, Say.MATURED, Say.AGE])
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
    figures |= {"age_years": 27, "is_person": 1}
    weight = {Say.AVERAGE: 0.2, Say.BALANCE: 0.9, Say.POS: 0.5, Say.AGE: -0.7}
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
