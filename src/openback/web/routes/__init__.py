"""The pages, one module a room. Each has a `router`; the order here is the order they are tried in."""

from typing import Final

from openback.web.routes import (
    clips,
    coach,
    data,
    figures,
    library,
    phone,
    progress,
    questions,
    reference,
    sessions,
    settings,
    today,
    train,
)

ROUTERS: Final = (
    today.router,
    questions.router,
    train.router,
    sessions.router,
    sessions.root_router,
    clips.router,
    coach.router,
    figures.router,
    library.router,
    progress.router,
    data.router,
    phone.router,
    phone.root_router,
    settings.router,
    reference.router,
)
