"""Rates: in a moving minute, by all processes of a machine together."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.limits import Rates

START = 1_000_000_020.0  # a whole minute of the clock


@dataclass
class Clock:
    """The time, as a test sets it."""

    time: float = START

    def __call__(self) -> float:
        """This moment."""
        return self.time


def stopped() -> float:
    """A clock that stands, for several processes."""
    return START + 30


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    limit=st.integers(1, 9),
    pauses=st.lists(st.floats(0, 90), min_size=1, max_size=80),
    begun=st.floats(0, 60),
)
def test_what_it_says_comes_true(limit: int, pauses: list[float], begun: float) -> None:
    """Whenever a key asks: it is let in as often as it was told it would be; refused, it is let in after the
    seconds that it was told and not one sooner; and never more often in a minute of the clock than it may."""
    clock, let_in = Clock(START + begun), []
    with closing(Rates(limit, clock=clock)) as rates:
        for pause in pauses:
            clock.time += pause
            allowed, left, _ = rates.count("key")
            assert allowed or left == 0
            for fewer in range(left - 1, -1, -1):
                assert rates.count("key")[:2] == (True, fewer)
            let_in += [clock.time] * (allowed + left)
            refused, none, wait = rates.count("key")
            assert (refused, none) == (False, 0)
            assert 1 <= wait <= 61
            if wait > 1:
                clock.time += wait - 1.01
                assert not rates.count("key")[0]
                clock.time += 1.01
            else:
                clock.time += 1
            assert rates.count("key")[0]
            let_in.append(clock.time)
    for minute in {time // 60 for time in let_in}:
        assert sum(time // 60 == minute for time in let_in) <= limit


@pytest.fixture
def opened() -> Iterator[Callable[[int, Clock], Rates]]:
    """Make rates of a process of its own: `opened(limit, clock)`."""
    with ExitStack() as open_ones:
        yield lambda limit, clock: open_ones.enter_context(closing(Rates(limit, clock=clock)))


def test_a_minute_moves(opened: Callable[[int, Clock], Rates]) -> None:
    """What was asked at the end of one minute of the clock counts at the beginning of the next."""
    clock = Clock(START + 59)
    rates = opened(60, clock)
    assert [rates.count("key")[1] for _ in range(60)] == list(range(59, -1, -1))
    clock.time += 1.5
    assert rates.count("key")[:2] == (True, 0)
    assert not rates.count("key")[0]
    clock.time += 29
    assert sum(rates.count("key")[0] for _ in range(60)) == 29, "one each second"
    clock.time += 120
    assert sum(rates.count("key")[0] for _ in range(99)) == 60


def test_keys_do_not_count_for_each_other(opened: Callable[[int, Clock], Rates]) -> None:
    """However many there are: one who asks now is not forgotten for those who asked before."""
    clock = Clock()
    rates = opened(2, clock)
    for number in range(20_000):
        assert rates.count(f"before-{number}")[:2] == (True, 1)
    clock.time += 60
    for number in range(2_000):
        assert rates.count(f"now-{number}")[:2] == (True, 1)
    for number in range(2_000):
        assert rates.count(f"now-{number}")[:2] == (True, 0)
        assert not rates.count(f"now-{number}")[0]


def _asking(folder: str, times: int, answers: multiprocessing.Queue[int]) -> None:
    with closing(Rates(1_000, folder, stopped)) as rates:
        answers.put(sum(rates.count("key")[0] for _ in range(times)))


@pytest.mark.parametrize("shared", [True, False])
def test_processes_count_together(tmp_path: Path, shared: bool) -> None:
    """Four that ask at the same time are let in as often as one, and one that comes later knows; those that
    do not share a folder count alone."""
    spawn = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[int] = spawn.Queue()
    folders = [tmp_path] * 4 if shared else [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    asking = [spawn.Process(target=_asking, args=(str(folder), 600, answers)) for folder in folders]
    for process in asking:
        process.start()
    allowed = sum(answers.get(timeout=120) for _ in asking)
    for process in asking:
        process.join()
    assert allowed == (1_000 if shared else 2_400)
    with closing(Rates(1_000, str(folders[0]), stopped)) as later:
        assert later.count("key")[0] is not shared
