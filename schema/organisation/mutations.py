"""Signing in and out."""

from typing import Annotated

import strawberry

from schema.context import Info
from schema.organisation.types import SignInInput, SignInRefused, SignInSuccess

SignInResult = Annotated[SignInSuccess | SignInRefused, strawberry.union("SignInResult")]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(
        description="Signs in and sets the session cookie. Five failures lock the account for 15 minutes."
    )
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        info.context.actor = await info.context.sign_in_with(input.account, input.password)
        return SignInSuccess()

    @strawberry.mutation(description="Ends the session; true where there was one.")
    async def sign_out(self, info: Info) -> bool:
        had_session = await info.context.sign_out_of()
        info.context.actor = None
        return had_session
