"""The steps of a night and what each waits for. Nothing else is here: a step is one function of domain, geo or ml."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from domain.customers.feeds import FEEDS
from domain.shared.night import Connection, Night, Report, Step, StepResult


@dataclass(frozen=True)
class NightStep:
    """`after` names the steps that must be done before; `writes` the tables whose statistics change with it.

    `numbers` are the tables whose rows this step alone numbers: an attempt that was undone would leave a gap in the
    numbers, and customers are called by the lowest number of their records. `formerly` are names of earlier releases,
    by which a night that was laid out before the change still calls it.
    """

    name: str
    run: Step
    after: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


def _step(module: str, function: str, **given: Any) -> Step:
    """A step whose module is loaded when it runs: a worker that only explains a score loads no geometry."""

    def run(connection: Connection, night: Night, report: Report) -> StepResult:
        loaded: Callable[..., StepResult] = getattr(import_module(module), function)
        return partial(loaded, **given)(connection, night, report)

    return run


INTAKE = tuple(
    NightStep(
        f"intake.{feed}",
        _step("domain.customers.intake", "take_feed", feed=feed),
        after=("find",),
        writes=(f"src_{feed}",),
    )
    for feed in FEEDS
)

STEPS: tuple[NightStep, ...] = (
    NightStep("find", _step("domain.customers.landing", "find_batches"), numbers=("batches",)),
    *INTAKE,
    NightStep(
        "identity",
        _step("api.night.identity", "resolve_identity_with_datums"),
        after=tuple(step.name for step in INTAKE),
        writes=("source_records", "match_keys", "customers", "relations", "night_changes"),
        numbers=("source_records", "match_reviews"),
    ),
    NightStep(
        "holdings",
        _step("domain.customers.holdings", "refresh_holdings"),
        after=("identity",),
        writes=("deposits", "loans", "credit_lines", "customers"),
    ),
    # Features read snapshots and source records alone, so they are built beside everything that works on customers; but
    # whose deposits or loans changed is only known when holdings has added them to the night's changes.
    NightStep(
        "features",
        _step("ml.features.build", "build_features"),
        after=("holdings",),
        writes=("customer_features",),
    ),
    # One after the other: both rewrite rows of `customers`, and two at once would wait for each other's rows.
    NightStep(
        "locate",
        _step("geo.locator", "locate_customers"),
        after=("holdings",),
        writes=("customers", "customer_points"),
    ),
    NightStep(
        "own",
        _step("domain.grids.ownership", "assign_owners"),
        after=("locate",),
        writes=("customers", "customer_points", "customer_cells"),
    ),
    NightStep(
        "train", _step("ml.training", "train_when_needed"), after=("features",), numbers=("model_versions",)
    ),
    NightStep(
        "score",
        _step("ml.scoring", "score_customers"),
        after=("train", "own"),
        writes=("scores", "customers"),
    ),
    NightStep("reasons", _step("ml.reasons", "explain_highest"), after=("score",)),
    NightStep(
        "due",
        _step("api.night.due", "find_due_visits_by_rules"),
        after=("score",),
        writes=("due_visits", "customers"),
    ),
    NightStep("walks", _step("geo.routes", "plan_walks"), after=("due",)),
    NightStep(
        "rollup",
        _step("domain.performance.rollup", "roll_up"),
        after=("walks", "reasons"),
        writes=("grid_statistics", "customer_sums", "customer_points"),
    ),
)
