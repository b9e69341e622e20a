"""`python -m api.cli`, which `./yunge` calls."""

import errno
import os
import sys

import psycopg
import typer
import typer.exceptions

from api.cli.app import app
from api.local.refusal import CannotGoOn
from api.local.words import say, t
from api.settings import BadSettings
from domain.shared.errors import DomainError

INTERRUPTED = 130


def main() -> int:
    try:
        # Not standalone: the sentences below are ours, for every way in which a command can end.
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False, prog_name="./yunge")
    except DomainError as refusal:
        print(say(refusal.statement), file=sys.stderr)
        return 1
    except (CannotGoOn, BadSettings) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except typer.exceptions.TyperException as mistake:
        said = mistake.format_message()
        if not said:  # a group of commands alone: its list is printed
            return 0
        print(f"{said}\n{t('main.help')}: ./yunge -h", file=sys.stderr)
        return mistake.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print(_INTERRUPTED, file=sys.stderr)
        return INTERRUPTED
    except psycopg.errors.DiskFull:
        print(_full("PostgreSQL"), file=sys.stderr)
        return 1
    except psycopg.OperationalError as failure:
        from api.local.given import first_line

        why = first_line(failure)
        print(
            t("main.database_does_not", why=why),
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`| head`): that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as failure:
        if failure.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(_full(str(failure.filename or "")), file=sys.stderr)
        return 1
    return code if isinstance(code, int) else 0


_INTERRUPTED = t("main.interrupted_nothing_half")


def _full(where: str) -> str:
    return t("main.disk_full_what", where=where)


if __name__ == "__main__":
    sys.exit(main())
