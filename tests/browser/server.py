"""A real server with its worker on a data folder of its own, started as a person would start it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("YIZHENG_")
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment.update(YIZHENG_DATA=str(data), **environment)
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._running: list[subprocess.Popen[bytes]] = []

    def command(self, *arguments: str, of: str = "yizheng") -> str:
        """Run a command of the platform, or of another program, to its end."""
        done = subprocess.run(
            [sys.executable, "-m", of, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(
                f"{of} {' '.join(arguments)}: {done.stdout[-1000:]}{done.stderr[-2000:]}"
            )
        return done.stdout

    def shell(self, code: str) -> str:
        return self.command("manage", "shell", "-v0", "-c", code)

    def prepare(self) -> None:
        self.command("manage", "migrate", "--noinput")
        self.command("manage", "collectstatic", "--noinput")

    def start(self) -> None:
        for arguments in (("serve", "--port", str(self.port), "--workers", "2"), ("worker",)):
            with (self.data / f"{arguments[0]}.log").open("wb") as log:
                command = [sys.executable, "-m", "yizheng", *arguments]
                self._running.append(
                    subprocess.Popen(
                        command,
                        cwd=ROOT,
                        env=self.environment,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        self._wait()

    def _wait(self) -> None:
        for _attempt in range(480):
            if self._running[0].poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.address}/health/", timeout=5).close()
            except OSError:
                time.sleep(0.25)
            else:
                return
        raise RuntimeError(
            f"The server did not start: {(self.data / 'serve.log').read_text()[-1000:]}"
        )

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def sign_ins(self) -> dict[str, tuple[str, str]]:
        """Part → user name and password; the second member is a chairperson."""
        known: dict[str, tuple[str, str]] = {}
        for _role, username, password, _what in json.loads(
            (self.data / "demo-sign-ins.json").read_text()
        ):
            known.setdefault(
                "chairperson" if part_of(username) in known else part_of(username),
                (username, password),
            )
        return known


def part_of(username: str) -> str:
    """unit07-officer → officer, member042 → member; those of the city stay theirs."""
    return (
        username
        if username.startswith("city-")
        else username.rpartition("-")[2].rstrip("0123456789")
    )


def demo_data(folder: Path) -> Server:
    """A server on the demo county: built now, or copied from YIZHENG_BROWSER_DATA, where
    `script/test` built it.
    """
    server = Server(folder)
    if ready := os.environ.get("YIZHENG_BROWSER_DATA", ""):
        shutil.copytree(
            Path(ready) / "county",
            folder,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("*.log"),
        )
    else:
        server.prepare()
        server.command(of="demo_county")
    return server


def empty_data(folder: Path) -> Server:
    """A server on tables with nothing in them."""
    server = Server(folder)
    if ready := os.environ.get("YIZHENG_BROWSER_DATA", ""):
        shutil.copytree(Path(ready) / "tables", folder, dirs_exist_ok=True)
    else:
        server.prepare()
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
