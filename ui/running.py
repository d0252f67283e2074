"""Running the server: one process or several over one graph, reloading, stopping.

The page's parts take seconds to load and are loaded only where a page is served: not in the process
that watches workers, nor in the one that builds the graph for them.
"""

import fcntl
import multiprocessing as mp
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from graph.errors import InputError, MattraError
from graph.store import fingerprint
from qa.service import Service, shared_store
from ui.jobs.spool import Spool
from ui.serving import logs
from ui.settings import ServerSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

SHARED: Final = "MATTRA_SERVER_SHARED"
"""Set by the server for its workers: the folder that they share."""


def run(host: str, port: int, workers: int = 1) -> None:
    """Build the index, then answer until stopped.

    SIGTERM ends requests under way first; SIGHUP reads the graph anew without ending any.

    :raises InputError: the address or a setting cannot be used.
    """
    bind(host, port).close()
    settings = ServerSettings.from_environment()
    logs.configure()
    # The HTTP server ends by raising the signal again, which would skip what is tidied below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    spool = Spool(Path(settings.spool) if settings.spool else None)
    try:
        if workers == 1:
            _run_one(host, port, settings, spool)
        else:
            _run_several(host, port, settings, spool, workers)
    finally:
        spool.close()


def worker_app() -> "FastAPI":
    """Return the application of one of several workers, its index built."""
    from ui.server import create_app

    logs.configure()
    service = Service()
    service.warm_up()
    shared = Path(os.environ[SHARED])
    _renew_on_hangup(service, shared)
    app = create_app(service, ServerSettings.from_environment(), shared)
    logs.log("started", graph=fingerprint())
    return app


class Workers(Multiprocess):
    """Worker processes on one socket; a hang-up makes each read the graph anew, none ends."""

    def handle_hup(self) -> None:
        """Build the graph on disk once, then tell the workers."""
        fingerprint.cache_clear()
        try:
            shared_store()
        except MattraError as error:
            logs.log_failure("reload", error)
            return
        for process in self.processes:
            # One that is still starting reads the new graph anyway, and a hang-up would end it.
            if process.pid and process.is_ready():
                os.kill(process.pid, signal.SIGHUP)


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address.

    :raises InputError: the address cannot be used.
    """
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise InputError(
            f"เปิดที่ {host}:{port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลอง --port อื่น",
            f"cannot listen on {host}:{port}: {error}; try another --port",
        ) from error
    return found


def _announce(host: str, port: int) -> None:
    click.echo(f"mattra: http://{host}:{port}/", err=True)


def _options(settings: ServerSettings) -> dict[str, Any]:
    # Addresses of clients are read by our own layer, which trusts nobody by default. Of the two
    # HTTP parsers only h11 limits the size of a request's headers.
    return {
        "http": "h11", "loop": "auto",
        "log_config": None, "access_log": False, "proxy_headers": False, "server_header": False,
        "timeout_graceful_shutdown": settings.shutdown_seconds,
    }  # fmt: skip


def _run_one(host: str, port: int, settings: ServerSettings, spool: Spool) -> None:
    from ui.server import create_app

    service = Service()
    service.warm_up()
    app = create_app(service, settings, spool.folder)
    _renew_on_hangup(service, spool.folder)
    config = uvicorn.Config(app, host=host, port=port, **_options(settings))
    _announce(host, port)
    uvicorn.Server(config).run()


def _run_several(
    host: str, port: int, settings: ServerSettings, spool: Spool, workers: int
) -> None:
    metrics = spool.folder / "metrics"
    metrics.mkdir()
    os.environ[SHARED] = str(spool.folder)
    os.environ.setdefault("MATTRA_STORE", str(spool.folder / "store"))
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(metrics))
    _prepare()
    config = uvicorn.Config(
        "ui.running:worker_app", factory=True, host=host, port=port, workers=workers,
        timeout_worker_healthcheck=120, **_options(settings),
    )  # fmt: skip
    listening = bind(host, port)
    listening.set_inheritable(True)
    _announce(host, port)
    Workers(config, sockets=[listening]).run()


def _prepare() -> None:
    """Build graph and index once, in a process whose memory is given back."""
    process = mp.get_context("spawn").Process(target=_build)
    process.start()
    process.join()
    if process.exitcode:
        raise InputError(
            "เตรียมกราฟไม่สำเร็จ ดูข้อความด้านบน", "the graph could not be built; see the message above"
        )


def _build() -> None:
    logs.configure()
    try:
        Service().warm_up()
    except MattraError as error:
        click.echo(f"mattra: {error.th}\n        {error.en}", err=True)
        raise SystemExit(2) from error


def _renew_on_hangup(service: Service, shared: Path) -> None:
    renew = _renewing(service, shared)
    signal.signal(
        signal.SIGHUP, lambda *_: threading.Thread(target=renew, daemon=True, name="reload").start()
    )


def _renewing(service: Service, shared: Path) -> Callable[[], None]:
    def renew() -> None:
        # One worker after the other: the rest answer at full speed.
        with (shared / ".reload").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            try:
                service.renew()
            except MattraError as error:
                logs.log_failure("reload", error)
                return
        logs.log("reload", graph=fingerprint())

    return renew
