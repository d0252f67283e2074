"""Linked data: every identifier of the project answers, as a page or as RDF."""

from fastapi import APIRouter

from ui.linked import dumps, indexes, things, vocabularies

router = APIRouter()
for part in (indexes, vocabularies, dumps, things):
    router.include_router(part.router)

__all__ = ["router"]
