"""A real worker process that carries out the real intake and nothing after it."""

from api.jobs.context import JobContext
from api.night.steps import INTAKE, STEPS
from api.settings import settings
from api.worker import run

if __name__ == "__main__":
    given = settings()
    run(given, JobContext(given.database_url, given.landing, (STEPS[0], *INTAKE)), has_clock=False)
