"""The program that writes down, once, what each schema version of each regulation can say:
`schemas/<subject>-<n>.json` beside the schema.

`python -m yizheng.cli.schemas` writes what is not written yet. What is written stays: adopted
versions are read by it.
"""

from __future__ import annotations

import json

import click

from .command import ready


def write() -> list[str]:
    """Write the records of today's schema versions that are missing; answers their names."""
    from yizheng.regulations import SCHEMAS
    from yizheng.regulations.services import model_of
    from yizheng.regulations.subjects import record_of

    written = []
    for code, subject in SCHEMAS.items():
        file = subject.record_file(subject.version)
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            content = json.dumps(record_of(subject, model_of(code)), ensure_ascii=False, indent=1)
            file.write_text(content + "\n", encoding="utf-8")
            written.append(file.name)
    return written


@click.command()
def main() -> None:
    """Write down what today's schema versions can say."""
    ready()
    for name in write():
        click.echo(f"Written: {name}")


if __name__ == "__main__":
    main()
