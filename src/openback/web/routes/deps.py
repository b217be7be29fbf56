"""What handlers ask for."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from openback.services.app import App
from openback.web.rendering import app_of


async def posted_form(request: Request) -> FormData:
    """Return the form that was sent."""
    return await request.form(max_files=1, max_fields=5000)


TheApp = Annotated[App, Depends(app_of)]
Posted = Annotated[FormData, Depends(posted_form)]
