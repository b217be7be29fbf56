"""Puts the app together: guard, errors, static files, pages, API."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from openback import __version__
from openback.services.app import App
from openback.services.clip_reading import Reader
from openback.services.coach.sessions import Coaching
from openback.services.phone.reach import HERE_ONLY, Reach
from openback.web import api, coach_socket, errors
from openback.web.assets import STATIC, Built
from openback.web.figures import Figures
from openback.web.jobs import Jobs
from openback.web.pairing import Paired
from openback.web.rendering import Pages
from openback.web.routes import ROUTERS
from openback.web.security import Guard

# Windows keeps these in its registry, where other programs change them.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("application/manifest+json", ".webmanifest")


def create_app(app: App, *, reach: Reach = HERE_ONLY) -> FastAPI:
    """Return the web app of one Openback. `reach` tells how others than this machine come to it."""
    web = FastAPI(
        lifespan=_life,
        title="Openback",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    web.state.openback = app
    web.state.pages = Pages(built=Built(), paths=_paths())
    web.state.imports = Jobs()
    web.state.meal_plans = Jobs()
    web.state.figures = Figures()
    web.state.reader = Reader(app)
    web.state.coaching = Coaching(app)
    web.state.reach = reach
    errors.install(web)
    for router in ROUTERS:
        web.include_router(router, include_in_schema=False)
    web.include_router(api.router)
    web.include_router(coach_socket.router)
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    # A session's page is 110 kB of rows that are alike: 8 kB on the way to a slow phone.
    web.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=5)
    if reach.pairing is not None:
        web.add_middleware(Paired, pairing=reach.pairing, refuse=errors.not_paired)
    web.add_middleware(Guard, refuse=errors.refusal, hosts=reach.names)
    return web


@asynccontextmanager
async def _life(web: FastAPI) -> AsyncIterator[None]:
    """Read what clips still wait while the app runs; what is begun when it stops waits for the next start."""
    web.state.reader = Reader(web.state.openback)
    web.state.reader.wake()
    yield
    await run_in_threadpool(web.state.reader.stop)


def _paths() -> frozenset[str]:
    """Return the addresses of the pages."""
    return frozenset(route.path for router in ROUTERS for route in router.routes if isinstance(route, Route))
