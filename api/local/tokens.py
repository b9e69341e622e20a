"""A bearer token for a demonstration account: a session like any other, made from the command line."""

import hashlib
import secrets
from datetime import timedelta

import psycopg

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.status import noted_or_refuse
from api.local.words import t
from api.settings import Mode

LIFETIME = timedelta(hours=12)


def make_token(place: Place, account: str) -> str:
    """Insert the session and give its token; only the token's SHA-256 is kept. Never in production."""
    noted = noted_or_refuse(place)
    if noted["mode"] == Mode.PRODUCTION:
        raise CannotGoOn(t("local_tokens.there_no_such"))
    token = secrets.token_urlsafe(32)
    with psycopg.connect(noted["database_url"]) as database:
        made = database.execute(
            """insert into sessions (token_sha256, account_id, expires_at)
               select %s, id, now() + %s from accounts where account = %s returning account_id""",
            [hashlib.sha256(token.encode()).digest(), LIFETIME, account],
        ).fetchone()
    if made is None:
        raise CannotGoOn(t("local_tokens.there_no_account", account=account))
    return token
