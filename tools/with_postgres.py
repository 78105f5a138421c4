"""Run a command against a private PostgreSQL cluster of its own: made on a free port, stopped and removed at the end.

    python tools/with_postgres.py pytest tests/apps

initdb refuses root, so under root the cluster runs as the `postgres` user of Debian's package. Nothing of a cluster
that is already on the machine is touched.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def server_programs() -> Path:
    """Folder of initdb and pg_ctl; SystemExit with the remedy when PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_server_user(command: list[str]) -> list[str]:
    """The command as an ordinary user."""
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else command
    )


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields its database address."""
    programs = server_programs()
    with tempfile.TemporaryDirectory(prefix="zhaoyin-pg-") as folder:
        home = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        data, port = home / "data", free_port()
        run = lambda *command: subprocess.run(as_server_user([*command]), check=True, stdout=subprocess.DEVNULL)  # noqa: E731
        run(str(programs / "initdb"), "-D", str(data), "-U", "zhaoyin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off -c shared_buffers=256MB"
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgres://zhaoyin@127.0.0.1:{port}/postgres"
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def main() -> int:
    """Exit code of the command."""
    with cluster() as address:
        environment = {**os.environ, "ZHAOYIN_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], check=False, env=environment).returncode


if __name__ == "__main__":
    raise SystemExit(main())
