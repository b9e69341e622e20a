"""GET /exports/plans/<id>/grids.<ending>: the grids of a plan, of a draft as well, for whoever draws plans up.

Which file somebody took of which version is an audit row of the same transaction that read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.answers import refused_with
from api.auth.sessions import actor_of_token, credentials_of
from api.files.downloads import HEADERS, NO_FILE
from api.files.making import made_by
from domain.grids.permissions import EDIT_GRIDS
from domain.grids.plan_errors import PlanNotFound
from domain.shared.apart import in_a_thread
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from geo.plan_export import exported_plan
from geo.writing_exports import ENDINGS
from schema.words.wording import language_of

_LAST_ID = 2**63 - 1
"""What a column of ids can hold."""


@dataclass(frozen=True)
class PlanMaps:
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(self, request: Request) -> Response:
        language = language_of(request.query_params.get("language") or request.headers.get("accept-language"))
        plan, ending = request.path_params["id"], request.path_params["ending"]
        token = credentials_of(request).token
        actor = await actor_of_token(request.app.state.pool, token, bank_day(self.clock()))
        # A plan is of the bank: for anybody else there is none (docs/decisions/a-plan-is-of-the-bank.md).
        draws_up = actor is not None and actor.can(EDIT_GRIDS) and actor.sees_bank
        if actor is None or not draws_up or ending not in ENDINGS or plan > _LAST_ID:
            return refused_with(NO_FILE, language, status=404)
        try:
            async with request.app.state.endpoint.open_unit_of_work() as uow:
                found = await in_a_thread(uow.session, lambda rows: exported_plan(rows, plan))
                await record(
                    uow,
                    by=actor.principal,
                    action="plan.exported",
                    subject=f"Plan:{plan}",
                    version=found.version,
                    grids=len(found.shapes),
                    form=ending,
                )
        except PlanNotFound:
            return refused_with(NO_FILE, language, status=404)
        asked = {"ending": ending, "columns": found.columns, "shapes": found.shapes}
        saved_as = quote(f"plan-{plan}-{found.version}.{ending}", safe="")
        headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{saved_as}"}
        made = await made_by("api.files.map_making", asked)
        return Response(made, media_type="application/octet-stream", headers=headers)
