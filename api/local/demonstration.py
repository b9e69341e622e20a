"""The demonstration: a county in the database, and the files that its bank would have dropped."""

import dataclasses
import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg

from api.local import county_files
from api.local.county_files import County
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.stamps import is_current, write_stamp
from api.local.words import t
from domain.shared.calendar import data_date_at

if TYPE_CHECKING:
    from api.county.geography import Geography

SETTING = "demonstration"
DEFAULT_CUSTOMERS = 60_000
DEFAULT_SEED = 1


@dataclass(frozen=True)
class Demonstration:
    """What the generator is asked for. The same three values and county make the same files, byte by byte."""

    customers: int
    seed: int
    as_of: date
    is_fixed: bool = field(default=False, compare=False)
    """Whether somebody asked for this data date: then the demonstration's clock stands still."""
    county: County = field(default_factory=County)

    @property
    def first_night_on(self) -> date:
        """The generator writes two consecutive nights; this is the data date of the first."""
        return self.as_of - timedelta(days=1)

    def newest_night_on(self, now: datetime) -> date:
        """The data date that should be in force now. A later one than the files' brings no rows, but today's walk."""
        return self.as_of if self.is_fixed else max(self.as_of, data_date_at(now))

    def leaves_to_the_clock(self, data_date: date) -> bool:
        """Whether workers open this night when it is due. Those of its files are the launcher's: visits lie between."""
        return not self.is_fixed and data_date > self.as_of

    def __str__(self) -> str:
        return t(
            "local_demonstration.customers_seed_data",
            customers=self.customers,
            seed=self.seed,
            as_of=self.as_of,
        )


def choose(
    found: Demonstration | None,
    *,
    customers: int | None,
    seed: int | None,
    as_of: date | None,
    county: County | None = None,
) -> Demonstration:
    """What was asked for; what was not asked for is as it is in the database, or the default in an empty one."""
    base = found or Demonstration(DEFAULT_CUSTOMERS, DEFAULT_SEED, data_date_at(datetime.now(UTC)))
    chosen = Demonstration(
        base.customers if customers is None else customers,
        base.seed if seed is None else seed,
        base.as_of if as_of is None else as_of,
        is_fixed=base.is_fixed or as_of is not None,
        county=base.county if county is None else county,
    )
    if found is not None and chosen.county.digest != found.county.digest:
        raise CannotGoOn(
            t(
                "given_county.another_county",
                found=found.county.name or t("given_county.shipped"),
                wanted=chosen.county.name,
            )
        )
    if found is not None and chosen != found:
        # Named, the data date would stand still from then on.
        command = f"./yunge demo --customers {chosen.customers} --seed {chosen.seed}"
        command += f" --as-of {chosen.as_of}" if chosen.is_fixed else ""
        raise CannotGoOn(
            t("local_demonstration.database_already_holds", found=found, chosen=chosen, command=command)
        )
    return chosen


def loaded(database_url: str) -> Demonstration | None:
    """The demonstration that is in the database, if one is."""
    with psycopg.connect(database_url) as database:
        return loaded_in(database)


def loaded_in(database: psycopg.Connection) -> Demonstration | None:
    row = database.execute("select value from settings where name = %s", [SETTING]).fetchone()
    if row is None:
        return None
    noted = row[0]
    as_of = date.fromisoformat(noted["as_of"])
    county = County(**noted.get("county", {}))
    return Demonstration(noted["customers"], noted["seed"], as_of, noted["is_fixed"], county)


def load(place: Place, database_url: str, wanted: Demonstration, screen: Screen) -> None:
    """County, then files, then the note that both are there: an interrupted run starts where it stopped."""
    if loaded(database_url) is None:
        _refuse_a_bank_at_work(database_url)
        _load_county(place, database_url, wanted, screen)
        _note(database_url, wanted)
    _write_feeds(place, wanted, screen)


def _refuse_a_bank_at_work(database_url: str) -> None:
    with psycopg.connect(database_url) as database:
        row = database.execute("select exists (select from batches)").fetchone()
    if row is not None and row[0]:
        raise CannotGoOn(t("local_demonstration.this_database_already"))


def _load_county(place: Place, database_url: str, wanted: Demonstration, screen: Screen) -> None:
    from api.county.load import load_county
    from api.county.proving import prove, tell

    name = t("local_demonstration.demonstration_county")
    with screen.step(name) as step, psycopg.connect(database_url) as database:
        geography = _geography(place, wanted)
        load_county(database, wanted.as_of, step.report, geography)
        if geography is not None:
            prove(database)
            step.note = tell(database, geography)


def _geography(place: Place, wanted: Demonstration) -> "Geography | None":
    """The ground of another county than the shipped one, from the files that were kept."""
    if not wanted.county.digest:
        return None
    files = county_files.kept(place)
    if files is None or county_files.digest_of_files(files) != wanted.county.digest:
        raise CannotGoOn(t("given_county.files_gone", county=wanted.county.name))
    return county_files.geography_once(files)


def _note(database_url: str, wanted: Demonstration) -> None:
    value = dataclasses.asdict(wanted) | {"as_of": wanted.as_of.isoformat()}
    with psycopg.connect(database_url) as database:
        database.execute(
            """insert into settings (name, value) values (%s, %s)
               on conflict (name) do update set value = excluded.value""",
            [SETTING, json.dumps(value)],
        )


def _write_feeds(place: Place, wanted: Demonstration, screen: Screen) -> None:
    """Written beside their final place and moved in whole: the night never sees half a demonstration."""
    stamp, digest = place.folder / "stamps" / "feeds", f"{wanted.customers} {wanted.seed} {wanted.as_of}"
    digest += f" {wanted.county.digest}" if wanted.county.digest else ""
    if is_current(stamp, digest) and place.landing.is_dir():
        return
    from api.county.generator import write_feeds

    partial = place.folder / "feeds.partial"
    shutil.rmtree(partial, ignore_errors=True)
    with screen.step(t("local_demonstration.bank_files", wanted=wanted)) as step:
        landing, truth = partial / "landing", partial / "truth"
        for folder in (landing, truth):
            folder.mkdir(parents=True)
        write_feeds(
            landing,
            truth,
            customers=wanted.customers,
            seed=wanted.seed,
            as_of=wanted.as_of,
            report=step.report,
            geography=_geography(place, wanted),
        )
    stamp.unlink(missing_ok=True)
    for made, final in ((landing, place.landing), (truth, place.truth)):
        shutil.rmtree(final, ignore_errors=True)
        made.rename(final)
    shutil.rmtree(partial, ignore_errors=True)
    write_stamp(stamp, digest)


def add_past_visits(database_url: str, wanted: Demonstration, screen: Screen) -> None:
    """The managers' visits of the months before, once the first night has said whose customers are whose."""
    from api.county.past_visits import load_past_visits

    name = t("local_demonstration.visits_past_invented")
    with screen.step(name) as step, psycopg.connect(database_url) as database:
        step.note = f"{load_past_visits(database, wanted.first_night_on, step.report):,}"
