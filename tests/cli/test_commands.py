"""Help, exit codes and the one sentence of every error."""

from __future__ import annotations

import socket
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from yizheng.cli.command import sentence_of
from yizheng.cli.main import cli

from .conftest import ROOT, Installation

COMMANDS = {
    "serve",
    "worker",
    "nightly",
    "found",
    "import",
    "report",
    "check",
    "audit",
    "backup",
    "restore",
    "manage",
}


def test_all_commands_are_there() -> None:
    assert set(cli.commands) == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS - {"manage"}))
def test_each_says_what_it_does(name: str) -> None:
    answer = CliRunner().invoke(cli, [name, "--help"])
    assert answer.exit_code == 0
    assert f"Usage: cli {name}" in answer.output
    assert cli.commands[name].get_short_help_str()


def test_every_option_of_every_command_is_explained_or_plain() -> None:
    """An option without help is one whose name and range say all: a port."""
    bare = {
        (name, option.name)
        for name, command in cli.commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    }
    assert bare == {("serve", "port")}


def test_the_command_line_loads_without_the_platform() -> None:
    """A mistyped option answers at once: neither settings nor models are loaded for it."""
    code = "import sys, yizheng.cli.main; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_what_is_not_understood_exits_2(empty: Installation) -> None:
    answer = empty.run("audit", "verify", "--no-such-option")
    assert answer.returncode == 2
    assert "No such option" in answer.stderr


def test_a_database_without_tables_is_a_sentence(empty: Installation) -> None:
    assert empty.refuses("audit", "verify").endswith("Run: yizheng manage migrate")


def test_debug_shows_where(empty: Installation) -> None:
    answer = empty.run("--debug", "audit", "verify")
    assert answer.returncode == 1
    assert "Traceback" in answer.stderr


def test_an_unknown_organisation_is_refused_with_those_there_are(county: Installation) -> None:
    assert county.refuses("audit", "verify", "--organisation", "yunx") == (
        "There is no organisation “yunx”; there are: yunxi."
    )


def test_the_error_nobody_foresaw_is_named_without_its_traceback() -> None:
    assert sentence_of(ZeroDivisionError("division by zero")).startswith(
        "That failed unexpectedly (ZeroDivisionError: division by zero)."
    )


def test_django_commands_are_passed_on(county: Installation) -> None:
    assert "core" in county.does("manage", "showmigrations", "core")
    assert county.run("manage", "nonsense").returncode == 1


def test_serve_refuses_a_port_that_is_taken(county: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Cannot listen on 127.0.0.1, port {port}" in county.refuses(
            "serve", "--port", str(port)
        )


def test_serve_refuses_a_database_of_another_version(empty: Installation) -> None:
    assert empty.refuses("serve", "--port", "18999") == (
        "The database is not of this version yet. Run: yizheng manage migrate"
    )
