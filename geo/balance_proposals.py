"""Answer a balance that was asked for: three proposals as rows, with what each changes and what is in its way."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from psycopg.types.json import Jsonb

from domain.grids.balance_models import DONE, FAILED, RUNNING, WAITING
from domain.shared.errors import DomainError
from domain.shared.night import Connection
from domain.shared.parameters import Values
from domain.shared.statements import Statement, jsonb
from geo.balance_ground import ReadGround, read_ground
from geo.balancing.ground import GOAL, NOBODY, Weights
from geo.balancing.obstacles import Obstacle, ObstacleKind
from geo.balancing.proposing import Proposal, propose

Tell = Callable[[float], None]


class NothingToBalance(DomainError):
    """A draft without a grid in which anything is to be done; before the first night none is known."""

    code = "NOTHING_TO_BALANCE"


class BalanceStopped(Exception):
    """Somebody stopped it; nothing of it is kept."""


def answer_balance(connection: Connection, balance: int, values: Values, tell: Tell) -> None:
    """Make and keep the proposals. `tell` is given the fraction that is done, and raises `BalanceStopped` to stop."""
    asked = connection.execute(
        "select plan_id, even, few, short, seed, wish from plan_balances where id = %s", [balance]
    ).fetchone()
    if asked is None:
        return
    plan, even, few, short, seed, wish = asked
    read = read_ground(connection, plan, wish, values)
    if read is None:
        raise NothingToBalance
    connection.execute("delete from plan_proposals where balance_id = %s", [balance])
    for one in propose(read.ground, Weights(even, few, short), seed, tell):
        _keep(connection, balance, read, one)
    ended = connection.execute(
        "update plan_balances set state = %s, progress = 1, error = null, ended_at = clock_timestamp()"
        " where id = %s and state = any(%s)",
        [DONE, balance, [WAITING, RUNNING]],
    )
    if ended.rowcount == 0:
        raise BalanceStopped


def note_failed(connection: Connection, balance: int, reason: Statement) -> None:
    """Say where it was asked why there is no answer."""
    connection.execute(
        "update plan_balances set state = %s, error = %s, ended_at = now() where id = %s and state = any(%s)",
        [FAILED, jsonb(reason), balance, [WAITING, RUNNING]],
    )


def _keep(connection: Connection, balance: int, read: ReadGround, one: Proposal) -> None:
    ground, division = read.ground, one.division
    moved = np.flatnonzero(division.atoms != ground.grids.atoms)
    seated = np.flatnonzero(division.people != ground.grids.people)
    row = connection.execute(
        """insert into plan_proposals (balance_id, character, atoms, a_posts, outlets, even_before, even_after,
                                       customers, atoms_moved, posts_changed, away_m_before, away_m_after)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id""",
        [
            balance,
            one.character.value,
            Jsonb({str(read.atoms[a]): read.grids[division.atoms[a]] for a in moved}),
            Jsonb({read.grids[g]: read.people[division.people[g]] for g in seated}),
            len(one.outlets),
            sum(o.evenness_before <= GOAL for o in one.outlets),
            sum(o.evenness_after <= GOAL for o in one.outlets),
            one.customers_handed_over,
            one.atoms_moved,
            one.posts_changed,
            one.away_m_before,
            one.away_m_after,
        ],
    ).fetchone()
    assert row is not None
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into plan_proposal_outlets values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [_outlet_row(read, row[0], o) for o in one.outlets],
        )
        cursor.executemany(
            "insert into plan_proposal_people values (%s, %s, %s, %s, %s, %s)",
            [
                (
                    row[0],
                    person,
                    read.outlets[int(ground.people.outlets[i])],
                    round(float(ground.people.share[i]) * 100),
                    one.minutes_before[i],
                    one.minutes_after[i],
                )
                for i, person in enumerate(read.people)
            ],
        )
        cursor.executemany(
            "insert into plan_proposal_hands (proposal_id, from_id, to_id, customers, atoms)"
            " values (%s, %s, %s, %s, %s)",
            [(row[0], *hands) for hands in _hands(read, one)],
        )


def _outlet_row(read: ReadGround, proposal: int, one: Any) -> tuple[Any, ...]:
    found: Obstacle | None = one.obstacle
    told = (None,) * 5 if found is None else (
        found.kind.value, _named(read, found), found.is_proven, found.minutes, found.others
    )  # fmt: skip
    finite = [value if np.isfinite(value) else None for value in (one.evenness_before, one.evenness_after)]
    return (proposal, read.outlets[one.outlet], *finite, *told)


def _named(read: ReadGround, obstacle: Obstacle) -> str | None:
    """The code or number of what is in the way."""
    names = {
        ObstacleKind.ATOM: read.atom_codes,
        ObstacleKind.LOCKED_ATOM: read.atom_codes,
        ObstacleKind.LOCKED_GRID: read.grids,
        ObstacleKind.LOCKED_PERSON: read.people_numbers,
    }.get(obstacle.kind)
    return None if names is None or obstacle.number is None else names[obstacle.number]


def _hands(read: ReadGround, one: Proposal) -> list[tuple[int | None, int, int, int]]:
    """(from, to, customers, atoms) of each pair of people, most customers first."""
    first = read.ground.grids.people[read.ground.grids.atoms]
    then = one.division.people_of_atoms()
    customers: Counter[tuple[int, int]] = Counter()
    atoms: Counter[tuple[int, int]] = Counter()
    for atom in np.flatnonzero(first != then):
        pair = int(first[atom]), int(then[atom])
        customers[pair] += int(read.ground.atoms.customers[atom])
        atoms[pair] += 1
    return [
        (None if a == NOBODY else read.people[a], read.people[b], customers[a, b], atoms[a, b])
        for a, b in sorted(customers, key=lambda pair: (-customers[pair], pair))
    ]
