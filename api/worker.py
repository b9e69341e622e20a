"""The worker: `python -m api.worker [--no-cron]`. Hands on the outbox, the sealer, the nights' clock, two bells.

Bells only wake; the truth is in the database. One rings in PostgreSQL whenever a job is committed, one in Redis, which
arq hears: it is what is left where sessions go through a pooler, and is started again when Redis comes back. Without
either the hands look by themselves, every five seconds or when the next job is due. Run as many workers side by side
as there are cores.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import psycopg
import structlog
from arq import func
from arq.worker import Worker
from redis.exceptions import RedisError

from api import wiring
from api.jobs.context import JobContext
from api.jobs.hand import Hand, reason_of
from api.jobs.handlers import NIGHT_JOBS, OTHER_JOBS
from api.jobs.listening import Listener
from api.jobs.sealing import Sealer
from api.jobs.told_outside import StateFiles
from api.jobs.tonight import Clock
from api.logs import configure_logging
from api.queue import POKE, QUEUE, from_json, redis_settings, to_json
from api.settings import Settings, settings

log = structlog.get_logger()

Once = Callable[[], None]

SWEEP_SECONDS = 5.0
AGAIN_SECONDS = 1.0
"""Until another try where something stands in the way: a lock, a database or a Redis that is away."""
BELL_SECONDS = 2.0
"""Between arq's looks into Redis; PostgreSQL's own bell is heard at once."""
SEAL_SECONDS = 1.0
CLOCK_SECONDS = 5.0
STATE_SECONDS = 2.0


class Work:
    """The threads of one worker process and the bell between them."""

    def __init__(self, given: Settings, context: JobContext, *, has_clock: bool = False) -> None:
        self._settings = given
        self._has_clock = has_clock
        self._stop = threading.Event()
        self._bells = {name: threading.Event() for name in ("night", "other")}
        self._hands = {"night": Hand(context, NIGHT_JOBS), "other": Hand(context, OTHER_JOBS)}
        self._pauses = dict.fromkeys(self._bells, AGAIN_SECONDS)

    def start(self) -> None:
        for name in self._bells:
            self._keep_doing(
                name, partial(self._sweep, name), partial(self._rest, name), self._hands[name].close
            )
        listener = Listener(self._settings.database_url, self.wake)
        self._keep_doing("listener", listener, partial(self._rest_deaf, listener), listener.close)
        key = wiring.audit_key(self._settings)
        if key is None:
            log.warning("audit.no_secret", remark="audit rows stay unsealed until YUNGE_SECRET is set")
        else:
            seal = Sealer(self._settings.database_url, key)
            self._keep_doing("sealer", seal, partial(self._stop.wait, SEAL_SECONDS), seal.close)
        if self._has_clock:
            clock = Clock(
                self._settings.database_url, self._settings.night_at, self.wake, self._settings.landing
            )
            self._keep_doing("clock", clock, partial(self._stop.wait, CLOCK_SECONDS), clock.close)
            told = StateFiles(self._settings.database_url, self._settings.states)
            self._keep_doing("state files", told, partial(self._stop.wait, STATE_SECONDS), told.close)

    def wake(self) -> None:
        for bell in self._bells.values():
            bell.set()

    def stop(self) -> None:
        """Take nothing more and give back what is in hand."""
        self._stop.set()
        self.wake()
        for hand in self._hands.values():
            try:
                hand.stop()
            except psycopg.Error as error:
                log.warning("worker.lease_kept", error=type(error).__name__)

    def _sweep(self, name: str) -> None:
        """Work for as long as there is some. The bell is let go first, so that none is missed meanwhile."""
        hand, self._pauses[name] = self._hands[name], AGAIN_SECONDS
        self._bells[name].clear()
        while not self._stop.is_set() and hand.work_off_one():
            self.wake()
        due = hand.due_in_seconds()
        self._pauses[name] = SWEEP_SECONDS if due is None else min(SWEEP_SECONDS, max(due, AGAIN_SECONDS))

    def _rest(self, name: str) -> bool:
        """Until the bell, until the next job is due, or for as long as a sweep may be away."""
        return self._bells[name].wait(self._pauses[name])

    def _rest_deaf(self, listener: Listener) -> bool:
        """A listener waits by itself, but for a server that is away."""
        return listener.is_listening or self._stop.wait(AGAIN_SECONDS)

    def _keep_doing(self, name: str, once: Once, wait: Callable[[], bool], close: Once) -> None:
        threading.Thread(
            target=self._again_and_again, args=[name, once, wait, close], name=name, daemon=True
        ).start()

    def _again_and_again(self, name: str, once: Once, wait: Callable[[], bool], close: Once) -> None:
        """Whatever goes wrong is a line in the log: a hand that ended in silence would look like a night that hangs.

        The process goes on, because the other hand, the sealer and the clock have no part in it; what is in the outbox
        comes to somebody again when its lease has run out, and is buried after the third time.
        """
        while not self._stop.is_set():
            try:
                once()
            except psycopg.OperationalError as error:
                log.warning("worker.database_away", thread=name, error=type(error).__name__)
            except BaseException as error:
                log.error("worker.stumbled", thread=name, reason=reason_of(error))
            wait()
        close()


def arq_worker(given: Settings, work: Work) -> Worker:
    """arq with one function, the bell."""

    async def poke(ctx: dict[Any, Any], *args: Any, **given_: Any) -> None:  # noqa: ARG001
        work.wake()

    return Worker(
        functions=[func(poke, name=POKE, keep_result=0)],
        queue_name=QUEUE,
        redis_settings=redis_settings(given.redis_url),
        job_serializer=to_json,
        job_deserializer=from_json,
        handle_signals=False,
        poll_delay=BELL_SECONDS,
        health_check_interval=30,
        log_results=False,
    )


async def _ring(given: Settings, work: Work) -> None:
    """Keep arq running: its process would end when Redis restarts."""
    while True:
        try:
            await arq_worker(given, work).async_run()
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("worker.redis_away", error=type(error).__name__)
        except Exception as error:
            log.error("worker.stumbled", thread="bell", reason=reason_of(error))
        await asyncio.sleep(AGAIN_SECONDS)


async def serve(given: Settings, context: JobContext, *, has_clock: bool = True) -> None:
    """Work until SIGTERM or SIGINT."""
    work, stop = Work(given, context, has_clock=has_clock), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work.start()
    ringing = asyncio.create_task(_ring(given, work))
    log.info("worker.ready", pid=os.getpid())
    await stop.wait()
    ringing.cancel()
    await asyncio.to_thread(work.stop)


def run(given: Settings, context: JobContext, *, has_clock: bool) -> NoReturn:
    """The whole life of a worker process."""
    configure_logging(given.log_level)
    logging.getLogger("arq").setLevel(logging.WARNING)
    asyncio.run(serve(given, context, has_clock=has_clock))
    log.info("worker.stopped", pid=os.getpid())
    # A step may still be computing in its thread; its lease is given back and its session ended, so nothing is lost.
    os._exit(0)


def main() -> None:
    given = settings()
    run(given, wiring.job_context(given), has_clock="--no-cron" not in sys.argv[1:])


if __name__ == "__main__":
    main()
