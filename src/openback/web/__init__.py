"""The web app: pages that work without script, and the same through `/api/v1`."""

from openback.web.factory import create_app

__all__ = ["create_app"]
