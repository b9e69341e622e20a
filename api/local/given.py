"""Servers that somebody else runs, named in DATABASE_URL and REDIS_URL: looked at before anything is done with them."""

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from api.local.postgres import make_extensions
from api.local.refusal import CannotGoOn
from api.local.words import t

OLDEST_POSTGRESQL = 150000
"""`server_version_num` of 15, the oldest that the tests run on."""


def check_database(database_url: str) -> None:
    """Refuse a server that cannot carry the product; otherwise see that the extensions are there."""
    try:
        with psycopg.connect(database_url, connect_timeout=10, autocommit=True) as database:
            number = database.info.server_version
            offered = {row[0] for row in database.execute("select name from pg_available_extensions")}
    except psycopg.OperationalError as failure:
        raise CannotGoOn(
            t(
                f"连不上 DATABASE_URL 指明的数据库：{first_line(failure)}。什么也没有改动；请检查地址、口令和网络。",
                f"The database in DATABASE_URL cannot be reached: {first_line(failure)}. Nothing was changed; "
                "check the address, the password and the network.",
            )
        ) from None
    check_version(number)
    if "postgis" not in offered:
        raise CannotGoOn(
            t(
                "DATABASE_URL 指明的数据库没有 PostGIS。什么也没有改动；请在那台服务器上安装 PostGIS 3.3 或更新的版本，"
                "或去掉 DATABASE_URL 使用私有数据库。",
                "The database in DATABASE_URL has no PostGIS. Nothing was changed; install PostGIS 3.3 or newer on "
                "that server, or leave DATABASE_URL out and use the private one.",
            )
        )
    try:
        make_extensions(database_url)
    except psycopg.Error as failure:
        raise CannotGoOn(
            t(
                f"不能在这个数据库里启用扩展：{first_line(failure)}。请让管理员运行 "
                "create extension postgis; create extension pg_trgm; create extension btree_gist; 然后再来。",
                f"The extensions cannot be switched on in this database: {first_line(failure)}. Ask an administrator "
                "to run create extension postgis; create extension pg_trgm; create extension btree_gist; first.",
            )
        ) from None


def check_version(number: int) -> None:
    if number < OLDEST_POSTGRESQL:
        raise CannotGoOn(
            t(
                f"DATABASE_URL 指明的 PostgreSQL 是 {number // 10000} 版，太旧：需要 15 或更新。什么也没有改动；"
                "请升级它，或去掉 DATABASE_URL 使用私有数据库。",
                f"The PostgreSQL in DATABASE_URL is version {number // 10000}, too old: 15 or newer is needed. Nothing "
                "was changed; upgrade it, or leave DATABASE_URL out and use the private one.",
            )
        )


def check_redis(redis_url: str) -> None:
    try:
        with Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (RedisError, ValueError) as failure:
        raise CannotGoOn(
            t(
                f"连不上 REDIS_URL 指明的 Redis：{first_line(failure)}。什么也没有改动；请检查地址和口令。",
                f"The Redis in REDIS_URL cannot be reached: {first_line(failure)}. Nothing was changed; "
                "check the address and the password.",
            )
        ) from None


def first_line(failure: BaseException) -> str:
    return (
        str(failure).strip().splitlines()[0].rstrip(".。") if str(failure).strip() else type(failure).__name__
    )
