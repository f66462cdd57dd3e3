"""Whose turn it is: as many requests are worked on at once as there are threads for, the others wait in order
and not for long."""

from __future__ import annotations

import asyncio

import anyio.to_thread
from fastapi import Request

from api.problems import overloaded

# Threads beside those of requests that have their turn: for finding keys, and for looking at jobs that
# requests wait for, neither of which takes long.
_BESIDE = 4


class Turn:
    """A place among the requests that are worked on, until `end`."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._ended = False

    @classmethod
    async def taken(cls, request: Request) -> Turn:
        """A request's turn, `request.state.turn` too. Raises a ProblemError when it does not come."""
        patience: float = request.app.state.settings.wait_seconds
        turns: asyncio.Semaphore = request.app.state.turns
        try:
            async with asyncio.timeout(patience):
                await turns.acquire()
        except TimeoutError:
            raise overloaded(f"It was not this request's turn for {patience:g} seconds: try again.") from None
        request.state.turn = turn = cls(turns)
        return turn

    def end(self) -> None:
        """Let another have it; a request that goes on to wait for something does so before its end."""
        if not self._ended:
            self._ended = True
            self._turns.release()


def turns_of(threads: int) -> asyncio.Semaphore:
    """The turns of this process, and threads for them. Called in its event loop."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = threads + _BESIDE
    return asyncio.Semaphore(threads)
