"""The steps of a night and what each waits for. Nothing else is here: a step is one function of domain, geo or ml."""

from domain.feeds.contracts import FEEDS
from domain.feeds.organisation import FEEDS_OF_LISTS, are_brought
from domain.shared.night import NightStep, step_of
from domain.shared.rooms import Rooms, followers_of, import_kinds_of, import_notes_of, language_of
from schema.house import ROOMS

INTAKE = tuple(
    NightStep(
        f"intake.{feed}",
        step_of("domain.feeds.intake", "take_feed", feed=feed),
        after=("find",),
        writes=(f"src_{feed}",),
        # Most banks bring these lists themselves, and see no step for files that they do not have.
        is_wanted=are_brought if feed in FEEDS_OF_LISTS else None,
    )
    for feed in FEEDS
)


def steps_of(rooms: Rooms) -> tuple[NightStep, ...]:
    """The night of a house: the steps below and those that its rooms bring."""
    steps = (*_own_steps(rooms), *(step for room in rooms for step in room.steps))
    # Last of all: what it removes no step of this night needs any more.
    return (
        *steps,
        NightStep("tidy", step_of("domain.shared.tidying", "tidy"), after=tuple(one.name for one in steps)),
    )


def _own_steps(rooms: Rooms) -> tuple[NightStep, ...]:
    return (
        NightStep("find", step_of("domain.feeds.landing", "find_batches"), numbers=("batches",)),
        *INTAKE,
        NightStep(
            "organisation",
            step_of(
                "domain.feeds.organisation",
                "bring_organisation",
                kinds=import_kinds_of(rooms),
                notes=import_notes_of(rooms),
            ),
            after=tuple(f"intake.{feed}" for feed in FEEDS_OF_LISTS),
            writes=("org_units", "staff"),
            is_wanted=are_brought,
        ),
        NightStep(
            "identity",
            step_of("geo.identity", "resolve_identity_with_datums", followers=followers_of(rooms)),
            after=tuple(step.name for step in INTAKE),
            writes=("source_records", "match_keys", "customers", "relations", "night_changes"),
            numbers=("source_records", "match_reviews"),
        ),
        NightStep(
            "facts",
            step_of("domain.customers.facts_of_the_night", "refresh_facts"),
            after=("identity",),
            writes=("customer_facts", "night_changes"),
        ),
        NightStep(
            "holdings",
            step_of("domain.products.holdings", "refresh_holdings", language=language_of(rooms)),
            after=("facts",),
            writes=(
                "deposits",
                "foreign_deposits",
                "loans",
                "loans_apart",
                "loan_guarantees",
                "credit_lines",
                "foreign_credit_lines",
                "customers",
            ),
        ),
        NightStep(
            "month_ends",
            step_of("domain.products.month_ends", "refresh_month_ends"),
            after=("identity",),
            writes=("month_ends",),
        ),
        # Features read snapshots, month-ends and source records, so they are built beside everything that works on
        # customers; but whose deposits or loans changed is only known when holdings has added them to the changes.
        NightStep(
            "features",
            step_of("ml.features.build", "build_features"),
            after=("holdings", "month_ends"),
            writes=("customer_features",),
        ),
        # One after the other: both rewrite rows of `customers`, and two at once would wait for each other's rows.
        NightStep(
            "locate",
            step_of("geo.locator", "locate_customers"),
            after=("holdings",),
            writes=("customers", "customer_points"),
        ),
        NightStep(
            "own",
            step_of("geo.owning", "own_on_the_map", language=language_of(rooms)),
            after=("locate", "organisation"),
            writes=("customers", "customer_points", "customer_cells", "visit_cells", "ownership_claims"),
        ),
        NightStep(
            "train",
            step_of("ml.training", "train_when_needed"),
            after=("features",),
            numbers=("model_versions",),
        ),
        NightStep(
            "score",
            step_of("ml.scoring", "score_customers"),
            after=("train", "own"),
            writes=("scores", "customers"),
        ),
        NightStep("reasons", step_of("ml.reasons", "explain_highest"), after=("score",)),
        NightStep(
            "due",
            step_of("domain.tasks.due", "find_due_visits", language=language_of(rooms)),
            after=("score",),
            writes=("due_visits", "customers"),
        ),
        NightStep("walks", step_of("geo.routes", "plan_walks"), after=("due",)),
        NightStep(
            "rollup",
            step_of("geo.rolling_up", "roll_up_with_the_map", language=language_of(rooms)),
            after=("walks", "reasons"),
            writes=("grid_statistics", "customer_sums", "customer_points", "customer_cells", "visit_cells"),
        ),
    )


STEPS = steps_of(ROOMS)
