"""The command `yizheng`, with all its parts.

Importing it is cheap: each command sets the platform up when it runs.
"""

from __future__ import annotations

import click

from yizheng import __version__

from . import audit, backup, founding, imports, processes, reports
from .command import CommandGroup


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="yizheng")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Yizheng (议政): the work platform of a consultative committee.

    Data lives in the folder YIZHENG_DATA (default: ./var); YIZHENG_DATABASE_URL names another
    database than the embedded one. Exit codes: 0 done, 1 refused or a check failed, 2 the command
    was not understood.
    """


for command in (
    processes.serve,
    processes.worker,
    processes.nightly,
    founding.found,
    imports.import_,
    reports.report,
    reports.check,
    audit.audit,
    backup.backup,
    backup.restore,
    processes.manage,
):
    cli.add_command(command)


def main() -> None:
    cli(prog_name="yizheng")
