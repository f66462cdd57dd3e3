"""Free text over everyone."""

from __future__ import annotations

from fastapi import Response

from api import problems
from api.idempotency import router as new_router
from api.schemas.search import SearchIn, SearchOut, found_out
from api.security import Reader

router = new_router("search")


@router.post(
    "/search", summary="Find people by a text", response_model=SearchOut, responses=problems.responses()
)
def search(caller: Reader, asked: SearchIn) -> Response:
    """People whose resumes answer the text by meaning or by words, each with the quotes that do."""
    found = caller.corpus.search(asked.text, where=asked.where, top=asked.top, today=caller.today)
    caller.audit("candidate.found", "candidate", *(each.candidate.id for each in found))
    # Written here: FastAPI would have another thread check the shape once more, and the event loop write it.
    out = SearchOut(people=[found_out(each) for each in found])
    return Response(out.model_dump_json(), media_type="application/json")
