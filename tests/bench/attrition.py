"""How good the attrition model is: on its test month, beside a logistic baseline, and against the generator's truth.

The truth knows the future of the data date and how probable each leaving was; nobody who sees the files alone can
rank better than that probability, so its own AUC is the ceiling.

    ./yunge bench attrition [--customers N]
    python -m tests.bench.attrition --truth FOLDER

The first makes a county of its own and carries out its nights; the second measures the one in DATABASE_URL.
"""

import argparse
import csv
import os
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg

from api.county.generator import write_feeds
from ml import metrics
from ml.examples import join, read_examples
from ml.features.columns import POSITION
from ml.features.dates import labelled_month_ends, reach
from ml.features.reader import read_features
from ml.split import split_months
from tests.bench.figures import Figure, at_least, at_most, machine, print_figures
from tests.bench.progress import told
from tests.faults.processes import Fleet, own_redis


@dataclass(frozen=True)
class Future:
    """What will be of the holders of deposits who could leave, and what the night said of them."""

    left: npt.NDArray[np.bool_]
    true_probability: npt.NDArray[np.float64]
    score: npt.NDArray[np.float64]
    band: npt.NDArray[np.int16]
    without_score: int
    customer_ids: npt.NDArray[np.int64]


def read_future(connection: psycopg.Connection[Any], truth: Path) -> Future:
    """Joined by the customer numbers of the core system; of several the first that has a score counts."""
    scores = {
        number: (value, band, customer_id)
        for number, value, band, customer_id in connection.execute(
            "select r.key, s.value, s.band, s.customer_id from source_records r"
            " join scores s on s.customer_id = r.customer_id where r.feed = 'core_customer' and s.model = 'attrition'"
        )
    }
    rows, without = [], 0
    with (truth / "leavers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["eligible"] != "true":
                continue
            found = next((scores[number] for number in row["cust_nos"].split() if number in scores), None)
            if found is None:
                without += 1
            else:
                rows.append((row["left"] == "true", float(row["true_probability"]), *found))
    left, probability, score, band, customers = zip(*rows, strict=True)
    return Future(
        np.array(left),
        np.array(probability),
        np.array(score),
        np.array(band, dtype=np.int16),
        without,
        np.array(customers, dtype=np.int64),
    )


NEW_FEEDS = ("channels", "channel_unused_days", "mobile_unused_days", "insured_is_paid", "insured_months",
             "is_in_being", "firm_staff", "firm_revenue", "firm_revenue_to_before")  # fmt: skip
"""Features out of channels, insurance, the register and firms' years."""


def side_by_side(connection: psycopg.Connection[Any], future: Future) -> list[Figure]:
    """The same examples with those features and with each of them unknown: the test month, and the true future."""
    from ml import trees

    row = connection.execute("select max(data_date) from customer_features").fetchone()
    assert row is not None
    day: date = row[0]
    split = split_months(labelled_month_ends(day, reach(connection).core_deposit))
    assert split is not None
    months = {month: read_examples(connection, month) for month in {*split.train, split.tune, split.test}}
    table = read_features(connection, day)
    places = np.searchsorted(table.customer_ids, future.customer_ids)
    hidden = [POSITION[name] for name in NEW_FEEDS]

    def seen(values: npt.NDArray[np.float32], is_hidden: bool) -> npt.NDArray[np.float32]:
        shown = values.copy()
        if is_hidden:
            shown[:, hidden] = np.nan
        return shown

    found = []
    for name, is_hidden in (("before", True), ("after", False)):
        train = join([months[month] for month in split.train])
        tune, test = months[split.tune], months[split.test]
        model = trees.fit_until_no_better(
            seen(train.values, is_hidden), train.flags, seen(tune.values, is_hidden), tune.flags
        )
        for what, flags, values in (
            ("test month", test.flags, test.values),
            ("true future", future.left, table.values[places]),
        ):
            margins = model.margins(seen(values, is_hidden))
            found += [
                Figure(f"{name}, {what}: AUC", metrics.auc(flags, margins), ""),
                Figure(f"{name}, {what}: average precision", metrics.average_precision(flags, margins), ""),
                Figure(
                    f"{name}, {what}: precision of the highest 5 %",
                    metrics.precision(flags, margins, 0.05),
                    "",
                ),
                Figure(
                    f"{name}, {what}: precision of the highest 10 %",
                    metrics.precision(flags, margins, 0.1),
                    "",
                ),
            ]
    return [*found, Figure("left, of all in the true future", float(future.left.mean()), "")]


def figures(database_url: str, truth: Path) -> list[Figure]:
    """The version in force as it was measured, and tonight's scores against the three months to come."""
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "select auc, baseline_auc, metrics from model_versions where name = 'attrition' and in_force"
        ).fetchone()
        if row is None:
            raise SystemExit("no attrition model is in force: run a night first")
        future = read_future(connection, truth)
        compared = side_by_side(connection, future)
    auc, baseline_auc, measured = row
    tonight = metrics.auc(future.left, future.score)
    ceiling = metrics.auc(future.left, future.true_probability)
    bands = metrics.calibration(future.left, future.score, future.band)
    return [
        Figure("attrition AUC, test month", auc, ""),
        at_least("above the logistic baseline", auc - baseline_auc, "", 0),
        Figure("logistic baseline AUC, same split", baseline_auc, ""),
        Figure("lift of the highest tenth, test month", measured["lift_10_percent"], "×"),
        Figure("attrition AUC, tonight's scores against the true future", tonight, ""),
        Figure("the generator's ceiling (AUC of the true probability)", ceiling, ""),
        at_most("below the ceiling", ceiling - tonight, "", 0.05),
        at_most("never too good to be true (0.99)", max(auc, tonight), "", 0.98),
        Figure("calibration error against the true future", metrics.calibration_error(bands), ""),
        *(
            Figure(
                f"  band {row['band']}: expected → left", row["observed"], f"(expected {row['expected']:.4f})"
            )
            for row in bands
        ),
        Figure("depositors without a score", float(future.without_score), f"of {len(future.left):,}"),
        *compared,
    ]


def figures_of_a_fresh_county(server_url: str, customers: int) -> list[Figure]:
    """A year of history, the night before that trains, and the night whose scores are measured."""
    from tests.bench.night import AS_OF, database, night

    with tempfile.TemporaryDirectory(prefix="yunge-bench-") as name:
        folder = Path(name)
        landing, truth = folder / "landing", folder / "truth"
        for made in (landing, truth):
            made.mkdir()
        with told(f"files of {customers:,} customers") as report:
            write_feeds(landing, truth, customers=customers, seed=1, as_of=AS_OF, report=report)
        with database(server_url) as url, own_redis(folder) as redis_url:
            fleet = Fleet(url, redis_url, landing, folder)
            with told("history, the night before and the first model"):
                night(fleet, AS_OF - timedelta(days=1))
            with told("the night"):
                night(fleet, AS_OF)
            return figures(url, truth)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./yunge bench attrition")
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--truth", type=Path)
    given = parser.parse_args()
    where = machine()
    if given.truth is not None:
        print_figures(f"Attrition ({where})", figures(os.environ["DATABASE_URL"], given.truth))
    else:
        found = figures_of_a_fresh_county(os.environ["TEST_DATABASE_URL"], given.customers)
        print_figures(f"Attrition of {given.customers:,} customers ({where})", found)


if __name__ == "__main__":
    main()
