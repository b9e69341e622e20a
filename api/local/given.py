"""Servers that somebody else runs, named in DATABASE_URL and REDIS_URL: looked at before anything is done with them."""

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from api.local.postgres import make_extension
from api.local.refusal import CannotGoOn
from api.local.words import t

OLDEST_POSTGRESQL = 150000
"""`server_version_num` of 15, the oldest that the tests run on."""


def check_database(database_url: str) -> None:
    """Refuse a server that cannot carry the product; otherwise see that PostGIS is switched on."""
    try:
        with psycopg.connect(database_url, connect_timeout=10, autocommit=True) as database:
            number = database.info.server_version
            offered = {row[0] for row in database.execute("select name from pg_available_extensions")}
    except psycopg.OperationalError as failure:
        raise CannotGoOn(
            t("local_given.database_database_url_cannot", first_line=first_line(failure))
        ) from None
    check_version(number)
    if "postgis" not in offered:
        raise CannotGoOn(t("local_given.database_database_url"))
    try:
        make_extension(database_url)
    except psycopg.Error as failure:
        raise CannotGoOn(t("local_given.extensions_cannot_be", first_line=first_line(failure))) from None


def check_version(number: int) -> None:
    if number < OLDEST_POSTGRESQL:
        raise CannotGoOn(t("local_given.postgresql_database_url", number=number // 10000))


def check_redis(redis_url: str) -> None:
    try:
        with Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (RedisError, ValueError) as failure:
        raise CannotGoOn(t("local_given.redis_redis_url", first_line=first_line(failure))) from None


def first_line(failure: BaseException) -> str:
    return (
        str(failure).strip().splitlines()[0].rstrip(".。") if str(failure).strip() else type(failure).__name__
    )
