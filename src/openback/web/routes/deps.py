"""What handlers ask for."""

from typing import Annotated

from fastapi import Depends

from openback.services.app import App
from openback.web.rendering import app_of

TheApp = Annotated[App, Depends(app_of)]
