"""What is kept, what is decoded next, and what is not decoded any more."""

from __future__ import annotations

import contextlib
import queue
import random
import threading

import numpy as np
import pytest

from viewer.errors import ViewerError
from viewer.media.kinds import Picture
from viewer.media.read_ahead import ReadAhead
from viewer.size import Size

SOON = 20.0
"""Seconds after which a test gives up waiting for what must come."""


class Fake:
    """Pictures of one byte a pixel that are decoded only when the test lets them."""

    def __init__(self, count: int = 100, nbytes: int = 100, held: bool = False, sizes: dict[int, int] | None = None):
        self.count = count
        self.nbytes = nbytes
        self.sizes = sizes or {}
        self.broken: dict[int, Exception] = {}
        self.decoded: list[int] = []
        self.begun: queue.Queue[int] = queue.Queue()
        self.gate = threading.Semaphore(0)
        self.held = held
        self.closed = 0

    def size(self, frame: int) -> Size:
        return Size(self.sizes.get(frame, self.nbytes), 1)

    def picture(self, frame: int) -> Picture:
        self.begun.put(frame)
        if self.held:
            assert self.gate.acquire(timeout=SOON)
        self.decoded.append(frame)
        if frame in self.broken:
            raise self.broken[frame]
        shown = np.full((1, self.size(frame).width), frame % 256, np.uint8)
        return Picture(self.size(frame), shown, shown, ("L",))

    def close(self) -> None:
        self.closed += 1

    def let(self, pictures: int = 10_000) -> None:
        self.gate.release(pictures)


class Calls:
    """What came back, in order."""

    def __init__(self):
        self.came: queue.Queue[tuple[int, Picture | ViewerError, str]] = queue.Queue()

    def __call__(self, frame: int, result: Picture | ViewerError) -> None:
        self.came.put((frame, result, threading.current_thread().name))

    def next(self) -> tuple[int, Picture | ViewerError, str]:
        return self.came.get(timeout=SOON)


@pytest.fixture
def reading():
    """Makes a ReadAhead that is closed, and its threads seen to end, when the test is over."""
    made: list[tuple[ReadAhead, Fake]] = []

    def make(pictures: Fake, budget: int = 10_000, workers: int = 2) -> ReadAhead:
        made.append((ReadAhead(pictures, budget, workers), pictures))
        return made[-1][0]

    yield make
    for reader, pictures in made:
        reader.close()
        pictures.let()
        assert reader.join(SOON)
        assert pictures.closed == 1


def kept(reader: ReadAhead) -> set[int]:
    assert reader.settle(SOON)
    return set(reader._kept)


def wanted(reader: ReadAhead, frame: int) -> Picture | ViewerError:
    calls = Calls()
    reader.request(frame, calls)
    came, result, _ = calls.next()
    assert came == frame
    return result


def test_a_wanted_picture_comes_from_a_worker_thread_and_is_there_from_then_on(reading):
    reader = reading(Fake())
    assert reader.get(7) is None
    calls = Calls()
    reader.request(7, calls)
    frame, picture, thread = calls.next()
    assert frame == 7 and isinstance(picture, Picture) and picture.shown[0, 0] == 7
    assert thread != threading.current_thread().name
    assert reader.get(7) is picture


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_more_is_read_ahead_in_the_direction_of_movement(reading, workers):
    reader = reading(Fake(), workers=workers)
    wanted(reader, 10)
    assert kept(reader) == {8, 9, 10, 11, 12, 13, 14}
    wanted(reader, 50)
    wanted(reader, 49)
    assert kept(reader) >= {45, 46, 47, 48, 49, 50, 51}
    assert 44 not in kept(reader)


def test_the_nearest_are_read_first(reading):
    pictures = Fake()
    reader = reading(pictures, workers=1)
    wanted(reader, 10)
    reader.settle(SOON)
    assert pictures.decoded == [10, 11, 12, 9, 13, 14, 8]


@pytest.mark.parametrize("frame", [0, 2, 3])
def test_there_is_nothing_beyond_the_ends(reading, frame):
    pictures = Fake(count=4)
    reader = reading(pictures)
    wanted(reader, frame)
    assert kept(reader) == set(range(max(0, frame - 2), 4))


def test_what_is_there_is_not_decoded_again(reading):
    pictures = Fake()
    reader = reading(pictures)
    for frame in (10, 11, 12, 11, 10):
        wanted(reader, frame)
        reader.settle(SOON)
    assert len(pictures.decoded) == len(set(pictures.decoded))


def test_taking_a_kept_picture_reads_on(reading):
    reader = reading(Fake())
    wanted(reader, 10)
    reader.settle(SOON)
    assert reader.get(12) is not None
    assert kept(reader) >= {12, 13, 14, 15, 16}


def test_the_budget_holds_the_nearest(reading):
    pictures = Fake()
    reader = reading(pictures, budget=399)
    wanted(reader, 10)
    assert kept(reader) == {10, 11, 12} or kept(reader) == {10, 11, 9}
    assert reader.nbytes == 300
    assert len(pictures.decoded) <= 3  # none was decoded only to be dropped
    wanted(reader, 11)
    wanted(reader, 60)
    assert 60 in kept(reader) and reader.nbytes <= 399


def test_a_picture_beyond_the_budget_is_kept_alone_while_it_is_wanted(reading):
    pictures = Fake(sizes={10: 5000})
    reader = reading(pictures, budget=350)
    wanted(reader, 10)
    assert kept(reader) == {10}
    wanted(reader, 20)
    assert 10 not in kept(reader) and reader.nbytes <= 350


def test_a_large_neighbour_does_not_push_out_nearer_ones_and_is_tried_once(reading):
    pictures = Fake(sizes={13: 900})
    reader = reading(pictures, budget=1000)
    wanted(reader, 10)
    assert kept(reader) == {8, 9, 10, 11, 12, 14}
    wanted(reader, 11)
    assert kept(reader) == {8, 9, 10, 11, 12, 14, 15}
    assert pictures.decoded.count(13) == 2


def test_the_picture_on_screen_stays_until_the_next_one_is_there(reading):
    pictures = Fake(held=True)
    reader = reading(pictures, budget=150, workers=1)
    calls = Calls()
    reader.request(10, calls)
    pictures.let(1)
    calls.next()
    reader.request(90, calls)
    assert pictures.begun.get(timeout=SOON) == 10 and pictures.begun.get(timeout=SOON) == 90
    assert set(reader._kept) == {10}
    pictures.let(1)
    calls.next()
    assert set(reader._kept) == {90}


@pytest.mark.parametrize("workers", [1, 2])
def test_of_two_hundred_requests_only_those_still_wanted_are_decoded(reading, workers):
    pictures = Fake(count=1000, held=True)
    reader = reading(pictures, workers=workers)
    calls = Calls()
    reader.request(0, calls)
    pictures.begun.get(timeout=SOON)
    for frame in range(5, 1000, 5):
        reader.request(frame, calls)
    pictures.let()
    frame, _, _ = calls.next()
    assert frame == 995 and calls.came.empty()
    reader.settle(SOON)
    assert calls.came.empty()
    assert len(pictures.decoded) < 15


def test_a_wanted_picture_does_not_wait_for_those_read_ahead(reading):
    pictures = Fake(held=True)
    reader = reading(pictures, workers=2)
    calls = Calls()
    reader.request(10, calls)
    assert {pictures.begun.get(timeout=SOON), pictures.begun.get(timeout=SOON)} == {10, 11}
    delivered = None
    while delivered is None:  # which of the two a turn lets through is chance
        pictures.let(1)
        with contextlib.suppress(queue.Empty):
            delivered = calls.came.get(timeout=0.2)
    reader.request(70, calls)
    while pictures.begun.get(timeout=SOON) != 70:
        pass  # only the others' beginnings; none of them is let through any more


def test_a_picture_being_read_ahead_is_not_begun_twice(reading):
    pictures = Fake(held=True)
    reader = reading(pictures, workers=1)
    calls = Calls()
    reader.request(10, calls)
    pictures.let(1)
    calls.next()
    assert [pictures.begun.get(timeout=SOON) for _ in range(2)] == [10, 11]
    reader.request(11, calls)
    pictures.let(1)
    assert calls.next()[0] == 11
    assert pictures.decoded == [10, 11]


def test_taking_a_kept_picture_drops_an_older_request(reading):
    pictures = Fake(held=True)
    reader = reading(pictures, workers=1)
    calls = Calls()
    reader.request(10, calls)
    pictures.let(1)
    calls.next()
    reader.request(50, calls)
    assert reader.get(10) is not None
    pictures.let()
    reader.settle(SOON)
    assert calls.came.empty() and 50 not in pictures.decoded


def test_what_is_wrong_is_told_to_who_asked_and_tried_again_only_when_asked(reading):
    pictures = Fake()
    pictures.broken[11] = ViewerError("cut short: b.png")
    reader = reading(pictures)
    wanted(reader, 10)
    reader.settle(SOON)
    wanted(reader, 9)
    reader.settle(SOON)
    assert pictures.decoded.count(11) == 1
    result = wanted(reader, 11)
    assert isinstance(result, ViewerError) and str(result) == "cut short: b.png"
    assert pictures.decoded.count(11) == 2
    del pictures.broken[11]
    assert isinstance(wanted(reader, 11), Picture)


def test_a_mistake_in_a_decoder_does_not_stop_the_others(reading):
    pictures = Fake()
    pictures.broken[10] = ZeroDivisionError("division by zero")
    reader = reading(pictures)
    result = wanted(reader, 10)
    assert isinstance(result, ViewerError) and "division by zero" in str(result)
    assert isinstance(result.__cause__, ZeroDivisionError)
    assert isinstance(wanted(reader, 20), Picture)


def test_a_mistake_in_who_asked_is_reported_and_stops_nothing(reading, monkeypatch):
    reported: queue.Queue[threading.ExceptHookArgs] = queue.Queue()
    monkeypatch.setattr(threading, "excepthook", reported.put)
    reader = reading(Fake(), workers=1)

    def fails(frame: int, result: object) -> None:
        raise RuntimeError("the window is gone")

    reader.request(3, fails)
    assert str(reported.get(timeout=SOON).exc_value) == "the window is gone"
    assert isinstance(wanted(reader, 4), Picture)


def test_after_closing_nothing_is_told_and_the_threads_end(reading):
    pictures = Fake(held=True)
    reader = reading(pictures)
    calls = Calls()
    reader.request(10, calls)
    pictures.begun.get(timeout=SOON)
    reader.close()
    assert not pictures.closed  # it is still in use
    pictures.let()
    assert reader.join(SOON)
    assert calls.came.empty() and reader.get(10) is None and reader.nbytes == 0
    reader.request(11, calls)
    assert calls.came.empty() and pictures.closed == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_asked_the_budget_holds_and_the_wanted_one_is_there(reading, seed):
    random_ = random.Random(seed)
    pictures = Fake(count=40, sizes={frame: random_.choice((50, 100, 400)) for frame in range(40)})
    budget = random_.choice((400, 1000, 3000))
    reader = reading(pictures, budget, workers=random_.choice((1, 2, 3)))
    for _ in range(60):
        frame = random_.randrange(40)
        if reader.get(frame) is None:
            wanted(reader, frame)
        assert frame in kept(reader)
        assert reader.nbytes <= budget


def test_many_threads_may_ask_at_once(reading):
    reader = reading(Fake(count=60), budget=1500)

    def ask(seed: int) -> None:
        random_ = random.Random(seed)
        for _ in range(300):
            frame = random_.randrange(60)
            if reader.get(frame) is None:
                reader.request(frame, lambda frame, result: None)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert isinstance(wanted(reader, 5), Picture)
    assert 5 in kept(reader) and reader.nbytes <= 1500


def test_pictures_being_decoded_count_against_the_budget(reading):
    pictures = Fake()
    reader = reading(pictures, budget=399, workers=4)
    wanted(reader, 10)
    kept(reader)
    while not pictures.begun.empty():
        pictures.begun.get()
    pictures.held = True
    reader.request(60, Calls())
    assert {pictures.begun.get(timeout=SOON) for _ in range(2)} == {60, 61}
    # with the one on screen and these two there is no room for a fourth
    with pytest.raises(queue.Empty):
        pictures.begun.get(timeout=0.3)
