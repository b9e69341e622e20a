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
        print(f"{said}\n{t('帮助', 'help')}: ./yunge -h", file=sys.stderr)
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
            t(
                f"数据库没有回答（{why}）。已提交的都保留；./yunge up 会把它重新启动。",
                f"The database does not answer ({why}). What was committed is kept; ./yunge up starts it again.",
            ),
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


_INTERRUPTED = t(
    "\n已中断。没有留下做了一半的东西；再次运行会接着做。",
    "\nInterrupted. Nothing is half-made; the next run goes on from here.",
)


def _full(where: str) -> str:
    return t(
        f"磁盘已满（{where}）。写了一半的已撤销，其余都保留；请腾出空间后再次运行。",
        f"The disk is full ({where}). What was half-written was undone, the rest kept; make room and run again.",
    )


if __name__ == "__main__":
    sys.exit(main())
