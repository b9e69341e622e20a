"""均衡建议: asking for proposals over a draft, stopping that, and taking one over as one act of the draft.

A worker answers (`geo/balance_proposals.py`); what is here is asked and decided in a request or by a command.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from domain.grids.acts import rearrange
from domain.grids.balance_models import DONE, RUNNING, STOPPED, WAITING
from domain.grids.drafting import change_draft
from domain.grids.plan_errors import PlanNotADraft, PlanNotFound
from domain.grids.plans import IS_EDITED
from domain.shared.errors import DomainError
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.outbox import Job
from domain.shared.rows import Rows
from domain.shared.statements import NUMBER, TEXT

JOB = "plans.balance"
LARGEST_WEIGHT = 100.0
LARGEST_SEED = 2**31 - 1
_MOST_NAMED = 5


class BalanceNotFound(DomainError):
    code = "BALANCE_NOT_FOUND"


class BalanceEnded(DomainError):
    """It ended before it could be stopped."""

    code = "BALANCE_ENDED"


class BalanceWeightsNotValid(DomainError):
    code = "BALANCE_WEIGHTS_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LARGEST_WEIGHT)


class BalanceSeedNotValid(DomainError):
    code = "BALANCE_SEED_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LARGEST_SEED)


class BalanceShareNotValid(DomainError):
    code = "BALANCE_SHARE_NOT_VALID"
    takes: ClassVar = {"staff_number": TEXT}

    def __init__(self, number: str) -> None:
        super().__init__(staff_number=number)


class BalanceNamesUnknown(DomainError):
    """Atoms, grids or people that the draft does not have."""

    code = "BALANCE_NAMES_UNKNOWN"
    takes: ClassVar = {"what": TEXT}

    def __init__(self, unknown: list[str]) -> None:
        named = ", ".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
        super().__init__(what=named)


@dataclass(frozen=True)
class Wish:
    """What is asked: weights, seed, locks by codes of atoms and grids and by numbers of staff, percents of full time
    where they are to be others than those that are kept with the person.

    `also` are people who hold no A post yet and are to get work; `whole_bank` lets atoms go to other outlets where the
    draft allows it.
    """

    even: float = 1.0
    few: float = 1.0
    short: float = 1.0
    seed: int = 1
    atoms: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    percents: Mapping[str, int] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    across_outlets: bool = False

    def check(self) -> None:
        """Raise a refusal for weights, a seed or percents that cannot be."""
        weights = (self.even, self.few, self.short)
        if not all(math.isfinite(one) and 0 <= one <= LARGEST_WEIGHT for one in weights) or not any(weights):
            raise BalanceWeightsNotValid
        if not 0 <= self.seed <= LARGEST_SEED:
            raise BalanceSeedNotValid
        for number, percent in self.percents.items():
            if not 1 <= percent <= 100:
                raise BalanceShareNotValid(number)

    def kept(self) -> dict[str, Any]:
        """The form in which a row keeps what has no column of its own."""
        every = asdict(self)
        return {
            name: every[name] for name in ("atoms", "grids", "people", "percents", "also", "across_outlets")
        }


_UNKNOWN = f"""
select one from unnest(cast(%(atoms)s as text[])) as one
 where not exists (select from atoms where code = one and to_on is null)
union all
select one from unnest(cast(%(grids)s as text[])) as one
 where not exists (select from grids where plan_id = %(plan)s and code = one and level = 'SMALL')
union all
select one from unnest(cast(%(people)s as text[])) as one
 where not exists (select from staff s where s.number = one and {is_in_service("s", TODAY)})
"""  # noqa: S608
_ASK = """
insert into plan_balances (plan_id, plan_version, even, few, short, seed, wish, asked_by_id)
values (%(plan)s, %(version)s, %(even)s, %(few)s, %(short)s, %(seed)s, cast(%(wish)s as jsonb), %(by)s)
returning id
"""


def ask_balance(rows: Rows, plan: int | None, wish: Wish, *, by_id: int) -> int:
    """Keep the question; gives its id. Whoever calls queues `balance_job` with it, or answers it himself."""
    wish.check()
    found = rows.execute("select state, last_change from plans where id = %(plan)s", {"plan": plan})
    if not found:
        raise PlanNotFound
    state, version = found[0]
    if state not in IS_EDITED:
        raise PlanNotADraft(state)
    people = sorted({*wish.people, *wish.percents, *wish.also})
    named = {"plan": plan, "atoms": list(wish.atoms), "grids": list(wish.grids), "people": people}
    unknown = [str(one) for (one,) in rows.execute(_UNKNOWN, named)]
    if unknown:
        raise BalanceNamesUnknown(unknown)
    given = {
        "plan": plan,
        "version": version,
        "even": wish.even,
        "few": wish.few,
        "short": wish.short,
        "seed": wish.seed,
        "wish": json.dumps(wish.kept()),
        "by": by_id,
    }
    return int(rows.execute(_ASK, given)[0][0])


def balance_job(balance: int) -> Job:
    return Job(JOB, key=f"balance:{balance}", args={"balance": balance})


def stop_balance(rows: Rows, balance: int | None) -> None:
    """Nobody begins it any more; a worker that is at it gives up with the next outlet."""
    given = {"balance": balance, "open": [WAITING, RUNNING], "stopped": STOPPED}
    stopped = rows.execute(
        "update plan_balances set state = %(stopped)s, ended_at = now()"
        " where id = %(balance)s and state = any(cast(%(open)s as text[])) returning id",
        given,
    )
    if stopped:
        return
    if not rows.execute("select id from plan_balances where id = %(balance)s", given):
        raise BalanceNotFound
    raise BalanceEnded


_PROPOSAL = """
select b.plan_id, b.plan_version, p.character, p.atoms, p.a_posts
  from plan_proposals p join plan_balances b on b.id = p.balance_id
 where p.id = %(proposal)s and b.state = %(done)s
"""


def take_over(rows: Rows, proposal: int | None, *, by_id: int) -> tuple[int, int]:
    """Make a draft what a proposal says, as one act that can be taken back; gives the draft and its new version.

    It stands on the version that was asked about: what others changed since of the same atoms and grids is a clash.
    """
    found = rows.execute(_PROPOSAL, {"proposal": proposal, "done": DONE})
    if not found:
        raise BalanceNotFound
    plan, version, character, atoms, a_posts = found[0]
    act = rearrange(
        {int(atom): str(grid) for atom, grid in atoms.items()},
        {str(grid): int(staff) for grid, staff in a_posts.items()},
        str(character),
    )
    now_at = change_draft(rows, plan, act, by_id=by_id, version=version)
    rows.execute(
        "update plan_proposals set applied_version = %(version)s where id = %(proposal)s",
        {"version": now_at, "proposal": proposal},
    )
    return int(plan), now_at
