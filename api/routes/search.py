"""Free text over everyone."""

from __future__ import annotations

from api import problems
from api.idempotency import router as new_router
from api.schemas.search import SearchIn, SearchOut, found_out
from api.security import Reader

router = new_router("search")


@router.post("/search", summary="Find people by a text", responses=problems.responses())
def search(caller: Reader, asked: SearchIn) -> SearchOut:
    """People whose resumes answer the text by meaning or by words, each with the quotes that do."""
    found = caller.corpus.search(asked.text, where=asked.where, top=asked.top, today=caller.today)
    caller.audit("candidate.found", "candidate", *(each.candidate.id for each in found))
    return SearchOut(people=[found_out(each) for each in found])
