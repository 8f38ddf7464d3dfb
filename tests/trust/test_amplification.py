# SPDX-License-Identifier: Apache-2.0
"""A small log or a short request can't make an answer that is far larger than it is."""

import json
import tracemalloc

import numpy as np
import pytest

from tb_pairs_plugin.reading import records
from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.metrics import Metrics
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider, Series

# Steps x names is over 2^24 / steps, in 5 MB of metrics.
STEPS, NAMES = 65, 4096
TRUTH, PREDICTION = png(fill=1), png(fill=2)


def logged(provider: MemoryProvider, step: int, metrics: Metrics) -> None:
    """Adds a record with these metrics."""
    provider.put(step, [b"{}"])
    role = metadata.MetricsRole(TAG).to_bytes()
    series = provider.tensors.setdefault((RUN, metadata.make_metrics_tag(TAG)), Series(role))
    series.steps[step] = 0.0, np.array(metrics.to_bytes(), dtype=object)


def others_at_each_step(what: str) -> MemoryProvider:
    """Records whose ids, or names of metrics, are others at each step."""
    provider = MemoryProvider()
    for step in range(STEPS):
        texts = tuple(f"{step}-{i}" for i in range(NAMES))
        if what == "ids":
            column = {"iou": (0.5,) * NAMES}
            logged(provider, step, Metrics(step + 1, texts, column, ("00000000",) * NAMES))
        else:
            logged(provider, step, Metrics(step + 1, (), dict.fromkeys(texts, ()), ()))
    return provider


@pytest.mark.parametrize(("route", "what"), [("samples", "ids"), ("series", "names")])
def test_tables_that_are_mostly_empty_are_refused_by_a_sentence(route: str, what: str) -> None:
    app = answers.App(others_at_each_step(what))
    status, sentence = app.refused(route, ("tag", TAG))
    assert status == 400
    assert "differ from step to step so much" in sentence


def test_a_step_asked_for_many_times_fills_an_answer_up_to_its_limit() -> None:
    provider = MemoryProvider()
    provider.log(1, [Pair(f"{i:04}", TRUTH, PREDICTION, caption="c" * 40) for i in range(1000)])
    app = answers.App(provider)
    at = ("at", f"1:{RUN}")
    # Once, so that its manifest is remembered: it is not read again.
    app.frames(("tag", TAG), at)
    bundle = app.frames(("tag", TAG), *[at] * 512)
    assert 0 < len(bundle.frames) < 512
    assert bundle.header["omitted"] == 512 - len(bundle.frames)
    assert not any("error" in picture for picture in bundle.frames[-1]["pictures"])


def test_manifests_are_parsed_until_there_is_no_more_room_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A parsed manifest takes a dozen times the memory of its JSON, so each counts at once."""
    monkeypatch.setattr(records, "MAX_REQUEST_MANIFESTS_BYTES", 2 * 2**20)
    provider = MemoryProvider()
    ids = ",".join(map(str, range(100_000, 165_000)))
    picture = logs.picture(TRUTH, 1).to_json()
    manifest = logs.record([Pair("s", TRUTH, TRUTH)])[0].to_bytes()
    entry = json.dumps(picture, separators=(",", ":"))[:-1]
    manifest = manifest.replace(
        b'"pictures":[', f'"pictures":[{entry},"ids":[{ids}]}},'.encode(), 1
    )
    manifest = manifest.replace(
        b'"pictures":[', f'"pictures":[{entry},"ids":[{ids}]}},'.encode(), 1
    )
    for step in range(16):
        provider.put(step, [manifest, TRUTH])
    app = answers.App(provider)
    tracemalloc.start()
    try:
        bundle = app.frames(("tag", TAG), *[("at", f"{step}:{RUN}") for step in range(16)])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert bundle.header["omitted"] == 16 - len(bundle.frames)
    assert 0 < len(bundle.frames) < 4
    assert not any("error" in frame for frame in bundle.frames)
    # 35 MB for three of them and the answer; 110 MB for all.
    assert peak < 60e6
