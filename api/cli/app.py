"""The commands, each a thin doorway. Modules behind a command are loaded when it runs, so that help is quick."""

import typer
from typer import rich_utils

from api.cli import data_commands, run_commands, work_commands
from api.cli.accounts import accounts
from api.cli.audit import audit
from api.cli.balances import add_to as add_balances_to
from api.cli.batches import batches
from api.cli.feeds import feeds
from api.cli.grants import grants
from api.cli.imports import imports
from api.cli.leave import leave
from api.cli.ownership import ownership
from api.cli.parameters import parameters
from api.cli.plans import plans
from api.cli.posts import posts
from api.cli.proposals import proposals
from api.cli.roles import roles
from api.cli.rules import rules
from api.cli.sources import sources
from api.cli.staff import staff
from api.local.words import t

# Typer speaks English alone; its headings are the ones that everybody reads.
rich_utils.ARGUMENTS_PANEL_TITLE = t("app.arguments")
rich_utils.OPTIONS_PANEL_TITLE = t("app.options")
rich_utils.COMMANDS_PANEL_TITLE = t("app.commands")
rich_utils.REQUIRED_LONG_STRING = t("app.words")
rich_utils.DEFAULT_STRING = t("app.default")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t("app.yunge_last_night"),
)
RUN, DATA = run_commands.PANEL, data_commands.PANEL

run_commands.add_to(app)
app.add_typer(accounts, name="account", rich_help_panel=RUN)
app.add_typer(roles, name="role", rich_help_panel=RUN)
app.add_typer(grants, name="grant", rich_help_panel=RUN)
app.add_typer(parameters, name="parameter", rich_help_panel=RUN)
app.add_typer(proposals, name="proposal", rich_help_panel=RUN)
add_balances_to(plans)
app.add_typer(plans, name="plan", rich_help_panel=RUN)
app.add_typer(posts, name="post", rich_help_panel=RUN)
app.add_typer(staff, name="staff", rich_help_panel=RUN)
app.add_typer(leave, name="leave", rich_help_panel=RUN)
app.add_typer(ownership, name="ownership", rich_help_panel=RUN)
app.add_typer(batches, name="batch", rich_help_panel=DATA)
app.add_typer(feeds, name="feeds", rich_help_panel=DATA)
app.add_typer(sources, name="sources", rich_help_panel=DATA)
app.add_typer(imports, name="import", rich_help_panel=DATA)
app.add_typer(rules, name="rules", rich_help_panel=DATA)
app.add_typer(audit, name="audit", rich_help_panel=DATA)
data_commands.add_to(app)
work_commands.add_to(app)
