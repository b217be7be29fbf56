"""The REST API, `/api/v1`: the same use cases as the pages."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1")
