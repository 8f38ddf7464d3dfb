# SPDX-License-Identifier: Apache-2.0
"""A small log or a short request can't make an answer that is far larger than it is."""

import numpy as np
import pytest

from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.metrics import Metrics
from tests.reading import answers
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider, Series

# Steps x names is over 2^24 / steps, in 5 MB of metrics.
STEPS, NAMES = 65, 4096
TRUTH, GUESS = png(fill=1), png(fill=2)


def logged(provider: MemoryProvider, step: int, metrics: Metrics) -> None:
    """Adds a record with these metrics."""
    provider.put(step, [b"{}"])
    role = metadata.MetricsRole(TAG).to_bytes()
    series = provider.tensors.setdefault((RUN, metadata.metrics_tag(TAG)), Series(role))
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
    provider.log(1, [Pair(f"{i:04}", TRUTH, GUESS, caption="c" * 40) for i in range(1000)])
    app = answers.App(provider)
    at = ("at", f"1:{RUN}")
    # Once, so that its manifest is remembered: it is not read again.
    app.frames(("tag", TAG), at)
    bundle = app.frames(("tag", TAG), *[at] * 512)
    assert 0 < len(bundle.frames) < 512
    assert bundle.header["rest"] == 512 - len(bundle.frames)
    assert not any("error" in picture for picture in bundle.frames[-1]["pictures"])
