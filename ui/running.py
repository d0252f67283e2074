"""Running the server: one process or several, reloading, stopping."""

import socket

import click
import uvicorn

from graph.errors import InputError
from qa.service import Service
from ui.server import create_app
from ui.serving import logs
from ui.settings import ServerSettings


def run(host: str, port: int) -> None:
    """Build the index, then answer until stopped.

    :raises InputError: the address or a setting cannot be used.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"เปิดที่ {host}:{port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลอง --port อื่น",
                f"cannot listen on {host}:{port}: {error}; try another --port",
            ) from error
    settings = ServerSettings.from_environment()
    logs.configure()
    service = Service()
    service.warm_up()
    config = uvicorn.Config(
        create_app(service, settings), host=host, port=port, log_config=None, access_log=False,
        proxy_headers=False, server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )  # fmt: skip
    click.echo(f"mattra: http://{host}:{port}/", err=True)
    uvicorn.Server(config).run()
