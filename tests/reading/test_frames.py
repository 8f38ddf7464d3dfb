# SPDX-License-Identifier: Apache-2.0
"""How frames are read: at once, not twice, never stale for long, never believing a manifest."""

import dataclasses
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tb_pairs_plugin.reading import blobs, content_index, frames, records, series_cache
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import manifest as manifests
from tb_pairs_plugin.record.digest import digest
from tests.reading import logs
from tests.reading.answers import App
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider

TRUTH, PREDICTION = png(fill=1), png(fill=2)
AT = [("tag", TAG), ("at", f"1:{RUN}")]


@pytest.fixture
def provider() -> MemoryProvider:
    return MemoryProvider()


@pytest.fixture
def app(provider: MemoryProvider) -> App:
    return App(provider)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._offset = 0.0
        real = time.monotonic
        monkeypatch.setattr(
            "tb_pairs_plugin.reading.series_cache.time.monotonic", lambda: real() + self._offset
        )

    def advance(self, seconds: float) -> None:
        self._offset += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def shown(app: App, *parameters: tuple[str, str]) -> list[bytes]:
    """The pictures of the one frame, all of which must be there."""
    bundle = app.frames(*(parameters or AT))
    (frame,) = bundle.frames
    return [bundle.blobs[picture["digest"]] for picture in frame["pictures"]]


def faults(app: App) -> list[str | None]:
    """What is wrong with each picture of the one frame."""
    (frame,) = app.frames(*AT).frames
    return [picture.get("error") for picture in frame["pictures"]]


def test_blobs_are_read_at_the_same_time(provider: MemoryProvider, app: App) -> None:
    pairs = [Pair(str(n), png(fill=2 * n), png(fill=2 * n + 1)) for n in range(4)]
    provider.log(1, pairs)
    together = threading.Barrier(8, timeout=240)

    def meet(key: str) -> None:
        if not key.endswith("\0000"):
            together.wait()

    provider.before_blob = meet
    assert len(shown(app)) == 8


def test_what_was_read_is_not_read_again(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    first = shown(app)
    provider.calls.clear()
    assert shown(app) == first
    # But for the one cheap call by which a provider can refuse whoever asks.
    assert provider.calls == {"list_plugins": 1}


def test_a_picture_that_runs_share_is_read_once(provider: MemoryProvider, app: App) -> None:
    runs = [f"run{n}" for n in range(5)]
    for number, run in enumerate(runs):
        provider.log(1, [Pair("s", TRUTH, png(fill=number + 10))], run=run)
    bundle = app.frames(("tag", TAG), *(("at", f"1:{run}") for run in runs))
    assert len(bundle.blobs) == 1 + len(runs)
    assert provider.calls["read_blob"] == len(runs) + 1 + len(runs)


def test_a_shared_picture_is_had_from_the_run_where_it_is_whole(
    provider: MemoryProvider, app: App
) -> None:
    for run in ("a", "b"):
        provider.log(1, [Pair("s", TRUTH, PREDICTION)], run=run)
    _, elements = provider.blobs["a", TAG].steps[1]
    elements[1] = b"damaged"
    bundle = app.frames(("tag", TAG), ("at", "1:a"), ("at", "1:b"))
    assert bundle.blobs[digest(TRUTH)] == TRUTH


def test_content_is_found_in_the_run_that_stored_it(provider: MemoryProvider, app: App) -> None:
    provider.content([PREDICTION, TRUTH])
    provider.log(1, [Pair("s", TRUTH, png(fill=9))], elsewhere=[TRUTH])
    assert shown(app) == [TRUTH, png(fill=9)]


def test_content_that_comes_later_is_found_after_a_while(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], elsewhere=[TRUTH])
    assert faults(app)[0] == "the picture is missing: no content of this run holds its digest"
    provider.content([TRUTH])
    clock.advance(5)
    assert shown(app) == [TRUTH, PREDICTION]


def test_content_is_found_in_a_run_that_was_logged_again_with_it_elsewhere(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    third = png(fill=3)
    provider.content([TRUTH, third])
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], elsewhere=[TRUTH])
    assert shown(app) == [TRUTH, PREDICTION]
    provider.blobs.clear()
    provider.content([third])
    provider.log(1, [Pair("s", third, PREDICTION)], wall_time=1, elsewhere=[third])
    clock.advance(11)
    assert shown(app) == [third, PREDICTION]


def test_content_of_another_run_does_not_count(provider: MemoryProvider, app: App) -> None:
    provider.content([TRUTH], run="other")
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], elsewhere=[TRUTH])
    assert "no content of this run" in str(faults(app)[0])


def test_the_new_data_of_a_step_that_is_written_again_is_shown(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], wall_time=1)
    assert shown(app) == [TRUTH, PREDICTION]
    provider.log(1, [Pair("s", TRUTH, png(fill=9))], wall_time=2)
    clock.advance(11)
    assert shown(app) == [TRUTH, png(fill=9)]


def test_a_step_that_series_tells_to_be_written_again_is_not_shown_as_it_was(
    provider: MemoryProvider, app: App
) -> None:
    """The page asks for it once, when it is told; it would keep the old one."""
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], wall_time=1)
    assert shown(app) == [TRUTH, PREDICTION]
    provider.log(1, [Pair("s", TRUTH, png(fill=9))], wall_time=2)
    assert app.json("series", ("tag", TAG))["runs"][RUN]["wallTimes"] == [2]
    assert shown(app) == [TRUTH, png(fill=9)]


def meanwhile(
    provider: MemoryProvider,
    app: App,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[], None],
    tag: str = TAG,
) -> int:
    """Changes the log and asks for `series` of a tag while a request of `frames` reads.

    Returns:
      How often series of blobs were read when all that had ended.
    """
    read = provider.read_blob_sequences

    def read_slowly(*given: Any, **named: Any) -> Any:
        found = read(*given, **named)
        monkeypatch.undo()
        change()
        app.get("series", ("tag", tag))
        return found

    monkeypatch.setattr(provider, "read_blob_sequences", read_slowly)
    shown(app)
    return provider.calls["read_blob_sequences"]


def test_what_was_being_read_when_series_told_of_a_step_is_not_remembered(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], wall_time=1)
    before = meanwhile(
        provider,
        app,
        monkeypatch,
        lambda: provider.log(1, [Pair("s", TRUTH, png(fill=9))], wall_time=2),
    )
    assert shown(app) == [TRUTH, png(fill=9)]
    assert provider.calls["read_blob_sequences"] == before + 1


def test_a_reading_never_replaces_one_that_began_later(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where records have no metrics values, and for pictures that are no records."""
    provider.put(1, logs.record([Pair("s", TRUTH, PREDICTION)])[1], wall_time=1)

    def write() -> None:
        provider.put(1, logs.record([Pair("s", TRUTH, png(fill=9))])[1], wall_time=2)

    before = meanwhile(provider, app, monkeypatch, write)
    (frame,) = app.frames(*AT).frames
    assert frame["wallTime"] == 2
    assert provider.calls["read_blob_sequences"] == before


def test_what_series_tells_of_another_tag_hinders_no_remembering(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], tag="other")
    before = meanwhile(provider, app, monkeypatch, lambda: None, tag="other")
    assert shown(app) == [TRUTH, PREDICTION]
    assert provider.calls["read_blob_sequences"] == before


def test_what_is_noted_of_readings_is_bounded_while_some_are_always_under_way() -> None:
    cache = series_cache.SeriesCache(Source(None))
    scope = Scope(None, "")
    last = cache._numbered()
    last.__enter__()
    for number in range(50):
        following = cache._numbered()
        following.__enter__()
        cache.forget_outdated(scope, RUN, str(number), {})
        last.__exit__(None, None, None)
        last = following
        # What was told after the reading under way began is still to be compared with it.
        assert {tag for _, _, tag in cache._newest} == {str(number)}
    last.__exit__(None, None, None)
    assert not cache._newest


def test_of_a_step_that_was_written_twice_the_first_is_held() -> None:
    first, second = series_cache.Value(1, ("a", "b")), series_cache.Value(2, ("a", "b", "c"))
    series = series_cache.Series([(1, first), (1, second)])
    assert series.get(1) == first
    assert series.was_written_at({1: 1})


def test_what_series_tells_costs_no_other_reading(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], wall_time=1)
    shown(app)
    app.get("series", ("tag", TAG))
    before = provider.calls["read_blob_sequences"]
    shown(app)
    assert provider.calls["read_blob_sequences"] == before


def test_a_new_step_is_shown_though_the_series_was_read_before(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    shown(app)
    provider.log(2, [Pair("s", TRUTH, png(fill=9))])
    clock.advance(2)
    assert shown(app, ("tag", TAG), ("at", f"2:{RUN}")) == [TRUTH, png(fill=9)]


def test_a_new_step_is_shown_though_another_request_read_the_series_again_meanwhile(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    for step in (0, 1):
        provider.log(step, [Pair("s", TRUTH, PREDICTION)])
    shown(app)
    provider.log(2, [Pair("s", TRUTH, png(fill=9))])
    clock.advance(2)

    def ask_too(key: str) -> None:
        provider.before_blob = lambda key: None
        app.frames(("tag", TAG), ("at", f"2:{RUN}"))

    provider.before_blob = ask_too
    bundle = app.frames(("tag", TAG), ("at", f"2:{RUN}"), ("at", f"0:{RUN}"))
    assert [frame.get("error") for frame in bundle.frames] == [None, None]


def test_old_keys_never_give_a_new_picture_for_an_old_one(
    provider: MemoryProvider, app: App, clock: Clock
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)], wall_time=1)
    shown(app, *AT, ("part", "groundTruth"))
    provider.log(1, [Pair("s", TRUTH, png(fill=9))], wall_time=2)
    clock.advance(2)
    assert shown(app) == [TRUTH, png(fill=9)]


def put(provider: MemoryProvider, *changed: manifests.Picture, blobs: list[bytes]) -> None:
    """Stores a record whose manifest says what the test wants."""
    manifest, _ = logs.record([Pair("s", TRUTH, PREDICTION)])
    lying = dataclasses.replace(manifest, pictures=changed)
    provider.put(1, [lying.to_bytes(), *blobs])


GOOD = logs.picture(PREDICTION, 2)


@pytest.mark.parametrize(
    ("picture", "blob", "sentence"),
    [
        (logs.picture(TRUTH, 1), b"\0" * 50, "the blob is damaged: its digest is "),
        (logs.picture(TRUTH, 7), TRUTH, "the manifest says element 7, the record has 3"),
        (logs.picture(TRUTH, 1, width=5), TRUTH, "the PNG has 4 x 3 pixels, want 5 x 3"),
        (
            logs.picture(TRUTH, 1, bits=16, layout="split"),
            TRUTH,
            "the PNG has 4 x 3 pixels, want 4 x 6",
        ),
        (
            logs.picture(TRUTH, 1, channels=3),
            TRUTH,
            "the PNG has bit depth 8 and colour type 0, want 8 and 2",
        ),
        (
            logs.picture(TRUTH, 1, width=30_000, height=30_000),
            TRUTH,
            "the picture has 900000000 pixels, more than are read (268435456)",
        ),
        *(
            (logs.picture(blob, 1), blob, sentence)
            for blob, sentence in [
                (b"", "the blob is not a PNG"),
                (b"<svg onload='alert(1)'/>", "the blob is not a PNG"),
                (b"<!doctype html><script>", "the blob is not a PNG"),
                (b"\xff\xd8\xff\xe0JFIF", "the blob is not a PNG"),
                (TRUTH[:20], "the PNG ends within its header"),
                (TRUTH[:12] + b"IDAT" + TRUTH[16:], "the PNG has no header"),
                (TRUTH[:28] + b"\1" + TRUTH[29:], "is interlaced or of an unknown method"),
                (png(claim=(30_000, 30_000)), "the PNG has 30000 x 30000 pixels, want 4 x 3"),
            ]
        ),
    ],
)
def test_a_picture_that_is_not_what_the_manifest_says_is_marked(
    provider: MemoryProvider, app: App, picture: manifests.Picture, blob: bytes, sentence: str
) -> None:
    put(provider, picture, GOOD, blobs=[blob, PREDICTION])
    bundle = app.frames(*AT)
    (frame,) = bundle.frames
    first, second = frame["pictures"]
    assert sentence in first["error"]
    assert "error" not in second
    assert bundle.blobs == {digest(PREDICTION): PREDICTION}


def test_a_picture_that_cannot_be_read_is_marked(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])

    def fail(key: str) -> None:
        if key.endswith("\0001"):
            raise KeyError("bare error")

    provider.before_blob = fail
    assert faults(app) == ["TensorBoard can't read this: KeyError: 'bare error'", None]


def test_a_blob_that_is_not_what_it_should_be_is_never_a_picture(
    provider: MemoryProvider, app: App
) -> None:
    html = b"<script>alert(1)</script>"
    put(provider, logs.picture(html, 1), GOOD, blobs=[html, PREDICTION])
    status, sentence = app.refused(
        "picture", ("tag", TAG), ("run", RUN), ("step", "1"), ("digest", digest(html))
    )
    assert (status, sentence) == (404, "the blob is not a PNG")


@pytest.mark.parametrize(
    ("elements", "sentence"),
    [
        ([], "the record is empty: it has no manifest"),
        ([b""], "the manifest can't be read: not JSON"),
        ([b"\xff\xfe"], "the manifest can't be read: not JSON"),
        ([b"[" * 10_000], "the manifest can't be read: not JSON"),
        ([b'{"format": 2}'], "format 2 is newer than this plugin reads (1)"),
        (
            [b" " * (manifests.MAX_MANIFEST_BYTES + 1)],
            "JSON has 16777217 bytes, want at most 16777216",
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_marks_its_frame_only(
    provider: MemoryProvider, app: App, elements: list[bytes], sentence: str
) -> None:
    provider.put(1, elements)
    provider.log(2, [Pair("s", TRUTH, PREDICTION)])
    bad, good = app.frames(("tag", TAG), ("at", f"1:{RUN}"), ("at", f"2:{RUN}")).frames
    assert sentence in bad["error"]
    assert "samples" not in bad
    assert "error" not in good


def test_a_run_or_step_that_is_not_there_marks_its_frame_only(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    got = app.frames(("tag", TAG), ("at", "1:none"), ("at", f"2:{RUN}"), ("at", f"1:{RUN}")).frames
    assert [frame.get("error") for frame in got] == [
        f"the run 'none' does not have the tag '{TAG}'",
        f"the run '{RUN}' has no step 2 of this tag",
        None,
    ]


@pytest.fixture
def small_answers(monkeypatch: pytest.MonkeyPatch) -> int:
    """Answers hold four pictures of these tests and a bit."""
    limit = 4 * len(TRUTH) + 10
    monkeypatch.setattr(frames, "MAX_ANSWER_BYTES", limit)
    return limit


def test_frames_beyond_the_limit_of_an_answer_are_left_out_from_the_end(
    provider: MemoryProvider, app: App, small_answers: int
) -> None:
    for step in range(5):
        provider.log(step, [Pair("s", png(fill=2 * step), png(fill=2 * step + 1))])
    bundle = app.frames(("tag", TAG), *(("at", f"{step}:{RUN}") for step in range(5)))
    assert [frame["step"] for frame in bundle.frames] == ["0", "1"]
    assert bundle.header["omitted"] == 3
    assert sum(map(len, bundle.blobs.values())) <= small_answers


def test_the_first_frame_is_never_left_out_but_its_pictures_may_be(
    provider: MemoryProvider, app: App, small_answers: int
) -> None:
    provider.log(1, [Pair(str(n), png(fill=2 * n), png(fill=2 * n + 1)) for n in range(4)])
    bundle = app.frames(*AT)
    (frame,) = bundle.frames
    assert len(frame["samples"]) == 4
    assert [picture.get("error") for picture in frame["pictures"]] == [
        *[None] * 4,
        *["the answer has no room for this picture"] * 4,
    ]
    assert [picture.get("noRoom") for picture in frame["pictures"]] == [None] * 4 + [True] * 4
    rest = app.frames(*AT, *(("sample", sample["id"]) for sample in frame["samples"][2:]))
    assert not any("error" in picture for picture in rest.frames[0]["pictures"])
    assert len(bundle.blobs) == 4


def test_frames_beyond_the_limit_of_manifests_are_left_out_from_the_end(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_REQUEST_MANIFESTS_BYTES", 1000)
    for step in range(40):
        provider.log(step, [Pair("s", TRUTH, PREDICTION)])
    at = [("at", f"{step}:{RUN}") for step in range(40)]
    first = app.frames(("tag", TAG), *at)
    assert 1 <= len(first.frames) < 40
    assert first.header["omitted"] == 40 - len(first.frames)


def test_a_picture_that_the_page_holds_takes_no_room(
    provider: MemoryProvider, app: App, small_answers: int
) -> None:
    for step in range(4):
        provider.log(step, [Pair("s", TRUTH, png(fill=step + 10))])
    at = [("at", f"{step}:{RUN}") for step in range(4)]
    assert app.frames(("tag", TAG), *at).header["omitted"] == 1
    assert app.frames(("tag", TAG), *at, ("have", digest(TRUTH))).header["omitted"] == 0


def sent(app: App, *parameters: tuple[str, str]) -> set[bytes]:
    """The pictures that an answer brings."""
    return set(app.frames(*AT, *parameters).blobs.values())


def test_only_the_blobs_of_the_parts_that_are_asked_for_are_sent(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    assert sent(app, ("blob", "prediction")) == {PREDICTION}
    assert sent(app, ("blob", "groundTruth"), ("blob", "prediction")) == {TRUTH, PREDICTION}
    assert sent(app, ("blob", "prediction"), ("have", digest(PREDICTION))) == set()
    assert sent(app, ("blob", "input")) == set()


def test_all_is_told_of_pictures_whose_blobs_are_not_sent(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    whole = app.frames(*AT)
    assert app.frames(*AT, ("blob", "prediction")).frames == whole.frames


def test_a_blob_that_is_two_parts_is_sent_with_either(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [Pair("s", TRUTH, TRUTH), Pair("t", PREDICTION, TRUTH)])
    assert sent(app, ("blob", "prediction")) == {TRUTH}
    assert sent(app, ("blob", "groundTruth")) == {TRUTH, PREDICTION}


def test_what_is_not_sent_is_not_read_and_no_fault_is_told_of_it(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [Pair("s", TRUTH, PREDICTION)])
    _, elements = provider.blobs[RUN, TAG].steps[1]
    elements[1] = b"damaged"
    provider.calls.clear()
    (frame,) = app.frames(*AT, ("blob", "prediction")).frames
    assert [picture.get("error") for picture in frame["pictures"]] == [None, None]
    # The manifest and the prediction.
    assert provider.calls["read_blob"] == 2
    assert str(faults(app)[0]).startswith("the blob is damaged")


def test_a_huge_blob_is_neither_served_nor_kept(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "MAX_BLOB_BYTES", len(TRUTH))
    huge = TRUTH + b"\0"
    put(provider, logs.picture(huge, 1), GOOD, blobs=[huge, PREDICTION])
    assert faults(app) == [
        f"the blob has {len(huge)} bytes, more than are served ({len(TRUTH)})",
        None,
    ]


def test_the_caches_together_hold_at_most_64_mib() -> None:
    limits = [
        blobs._CACHE_BYTES,
        content_index._CACHE_BYTES,
        records._MANIFESTS_BYTES,
        series_cache._CACHE_BYTES,
    ]
    assert sum(limits) <= 64 * 1024 * 1024


def test_requests_at_the_same_time_get_their_own_answers(
    provider: MemoryProvider, app: App
) -> None:
    for step in range(8):
        provider.log(step, [Pair("s", TRUTH, png(fill=step + 10))])
    got: dict[int, list[bytes]] = {}

    def ask(step: int) -> None:
        for _ in range(5):
            got[step] = shown(app, ("tag", TAG), ("at", f"{step}:{RUN}"))

    threads = [threading.Thread(target=ask, args=(step,)) for step in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {step: [TRUTH, png(fill=step + 10)] for step in range(8)}


def test_text_of_any_kind_comes_through_as_text(provider: MemoryProvider) -> None:
    for odd in ("<script>alert(1)</script>", "\u202eRTL", "😀" * 1000, "\0", "\u2028", "'\"\\"):
        provider.log(1, [Pair(odd, TRUTH, PREDICTION, caption=odd, metrics={odd: 1.0})])
        (frame,) = App(provider).frames(*AT).frames
        (sample,) = frame["samples"]
        assert (sample["id"], sample["caption"], sample["metrics"]) == (odd, odd, {odd: 1.0})


def test_a_filter_of_samples_keeps_their_order_and_indices(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [Pair(str(n), png(fill=2 * n), png(fill=2 * n + 1)) for n in range(5)])
    bundle = app.frames(*AT, ("sample", "3"), ("sample", "1"), ("sample", "none"))
    (frame,) = bundle.frames
    assert [sample["id"] for sample in frame["samples"]] == ["1", "3"]
    for sample in frame["samples"]:
        truth = frame["pictures"][sample["groundTruth"]]["digest"]
        assert bundle.blobs[truth] == png(fill=2 * int(sample["id"]))
    assert len(frame["pictures"]) == 4


def test_the_header_is_standard_json(provider: MemoryProvider, app: App) -> None:
    nan = float("nan")
    provider.log(1, [Pair("s", TRUTH, PREDICTION, metrics={"x": nan})], wall_time=nan)
    body = app.get("frames", *AT).data
    length = int.from_bytes(body[4:8], "little")
    header = json.loads(body[8 : 8 + length], parse_constant=pytest.fail)
    assert header["frames"][0]["wallTime"] == "NaN"
