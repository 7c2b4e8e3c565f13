"""The generated page of commands: the command line's own help."""

from __future__ import annotations

import click

WIDTH = 100


def page() -> str:
    from .main import cli

    root = click.Context(
        cli, info_name="yizheng", terminal_width=WIDTH, max_content_width=WIDTH, color=False
    )
    return "\n\n".join(["# Commands", _block(cli, root), *_below(cli, root)])


def _below(group: click.Group, parent: click.Context) -> list[str]:
    parts: list[str] = []
    for name, command in group.commands.items():
        context = click.Context(
            command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH
        )
        parts += [f"## {context.command_path}", _block(command, context)]
        if isinstance(command, click.Group):
            parts += _below(command, context)
    return parts


def _block(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```"
