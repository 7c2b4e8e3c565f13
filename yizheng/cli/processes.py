"""Commands that run the server, the worker, the nightly work, and Django's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click

from .command import CommandFailure, ready


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=0,
    type=click.IntRange(0, 64),
    help="Processes; 0 means one for each core, at most 4.",
)
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Threads of each process.",
)
@click.option(
    "--with-worker",
    is_flag=True,
    help="Start the background worker too, and stop it with the server.",
)
def serve(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Serve the platform.

    Names other than 127.0.0.1 and localhost under which it is reached go into YIZHENG_HOSTS,
    separated by commas. Behind a proxy that speaks TLS set YIZHENG_HTTPS=1.
    """
    ready()
    check_free(host, port)
    check_prepared()
    worker_process = (
        subprocess.Popen([sys.executable, "-m", "yizheng", "worker"]) if with_worker else None
    )
    try:
        _serve(host, port, workers or min(os.cpu_count() or 1, 4), threads)
    finally:
        if worker_process:
            worker_process.terminate()
            worker_process.wait(timeout=20)


def _serve(host: str, port: int, workers: int, threads: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "yizheng.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def check_free(host: str, port: int) -> None:
    """Refuses with a sentence when somebody else listens there, or the address is not this
    machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailure(
                f"Cannot listen on {host}, port {port} ({error.strerror}). Choose another "
                "with --port."
            ) from error


def check_prepared() -> None:
    """Refuses to serve what would only answer with errors: no tables, tables of another version, no
    styles.
    """
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandFailure("The database is not of this version yet. Run: yizheng manage migrate")
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CommandFailure(
            "Styles and scripts are not in place yet. Run: yizheng manage collectstatic --noinput"
        )
    connection.close()


@click.command()
@click.option(
    "--interval",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 60),
    help="Seconds between looks.",
)
@click.option("--once", is_flag=True, help="Do what waits now, then stop.")
def worker(interval: float, once: bool) -> None:
    """Do the work that waits in the queue, and every night what falls due."""
    ready()
    from django.core.management import call_command

    from yizheng.core import nightly_work

    nightly_work.begin()
    call_command(
        "db_worker", interval=interval, batch=once, reload=False, startup_delay=False, verbosity=0
    )


@click.command()
def nightly() -> None:
    """Run the nightly work now; the worker does so every night by itself."""
    ready()
    from yizheng.core import nightly_work

    failed = 0
    for outcome in nightly_work.run():
        failed += bool(outcome.error)
        click.echo(
            f"{outcome.organisation}  {outcome.name}: "
            f"{outcome.error or f'{outcome.changed} changed'}"
        )
    if failed:
        raise CommandFailure(f"{failed} of the nightly functions failed.")
    click.echo("Done.")


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands; `yizheng manage help` lists them."""
    ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["yizheng manage", *arguments])
