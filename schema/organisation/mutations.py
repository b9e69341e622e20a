"""Signing in and out, and the codes that people sign in with first."""

from typing import Annotated

import strawberry

from domain.shared.accounts import hand_out_code
from domain.shared.passwords import code_of, printed_code
from domain.shared.permissions import HAND_OUT_CODES
from schema.context import Info
from schema.global_ids import key_named
from schema.organisation.accounts import HandOutCodeInput, HandOutCodeResult, HandOutCodeSuccess
from schema.organisation.types import SetFirstPasswordInput, SignInInput, SignInRefused, SignInSuccess
from schema.permissions import write

SignInResult = Annotated[SignInSuccess | SignInRefused, strawberry.union("SignInResult")]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(
        description="Signs in and sets the session cookie. Five failures lock the account for 15 minutes."
    )
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        info.context.actor = await info.context.sign_in_with(input.account, input.password)
        return SignInSuccess()

    @strawberry.mutation(
        description="Sets a password in the place of a one-time code, and signs in. Counted as signing in is."
    )
    async def set_first_password(self, info: Info, input: SetFirstPasswordInput) -> SignInResult:
        assert info.context.set_first_password_with is not None, "whoever serves GraphQL lets people in"
        info.context.actor = await info.context.set_first_password_with(
            input.account, input.code, input.password
        )
        return SignInSuccess()

    @write(
        HAND_OUT_CODES, "Hands out a one-time code to a member of staff of one's own units; his sessions end."
    )
    async def hand_out_code(self, info: Info, input: HandOutCodeInput) -> HandOutCodeResult:
        context = info.context
        assert context.hash_password is not None, "whoever serves GraphQL hashes passwords"
        # From the key of the request: sent again because its answer was lost, it gives the same code, kept nowhere.
        signed = f"{context.who().staff_id}.{input.staff_id}.{input.idempotency_key}"
        code = code_of(context.sign("one-time code", signed))
        staff_id = key_named(input.staff_id, "Staff")
        code_hash = await context.hash_password(code)
        async with context.open_unit_of_work() as uow:
            _, account = await hand_out_code(
                uow, context.who(), staff_id, key=input.idempotency_key, code_hash=code_hash
            )
        return HandOutCodeSuccess(key=staff_id, given=printed_code(code), name=account)

    @strawberry.mutation(description="Ends the session; true where there was one.")
    async def sign_out(self, info: Info) -> bool:
        had_session = await info.context.sign_out_of()
        info.context.actor = None
        return had_session
