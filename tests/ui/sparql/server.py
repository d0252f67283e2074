"""A server with the endpoint alone, in a process of its own: ``python server.py PORT FOLDER``.

``FOLDER`` is a built store, or ``-`` for the engine that the environment names.
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from graph.limits import QueryLimits
from graph.pool import Pool
from ui import problem
from ui.sparql import Endpoint, install, lifespan


def make_app(endpoint: Endpoint | None) -> FastAPI:
    """Return an application that answers ``/sparql`` and nothing else."""
    app = FastAPI(lifespan=lifespan)
    app.state.sparql = endpoint
    problem.install(app)
    install(app)
    return app


if __name__ == "__main__":
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    pool = Pool(lambda: folder, QueryLimits.from_environment())
    uvicorn.run(
        make_app(Endpoint(pool) if str(folder) != "-" else None),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=int(sys.argv[3]) if len(sys.argv) > 3 else None,
    )
