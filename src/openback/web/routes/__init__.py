"""The pages, one module a room. Each has a `router`; the order here is the order they are tried in."""

from typing import Final

from openback.web.routes import questions, settings, today, train

ROUTERS: Final = (today.router, questions.router, train.router, settings.router)
