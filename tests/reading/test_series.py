# SPDX-License-Identifier: Apache-2.0
"""Steps and metrics: right numbers from what is whole, and steps even where it is not."""

import dataclasses
import json
import math
import sys

import numpy as np
import pytest

from tb_pairs_plugin.reading import series
from tb_pairs_plugin.record import kinds, metadata
from tb_pairs_plugin.record.metrics import Metrics
from tests.reading.answers import App
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider, Series

METRICS_TAG = metadata.make_metrics_tag(TAG)
ROLE = metadata.MetricsRole(TAG).to_bytes()


@pytest.fixture
def provider() -> MemoryProvider:
    return MemoryProvider()


@pytest.fixture
def app(provider: MemoryProvider) -> App:
    return App(provider)


def pair(sample: str = "s", **metrics: float | None) -> Pair:
    return Pair(sample, png(fill=1), png(fill=2), metrics=metrics)


def number(provider: MemoryProvider, *sequences: tuple[float, int, int]) -> None:
    """Logs empty records at (wall time, step), with a sequence number each."""
    for wall_time, step, sequence in sequences:
        provider.put(step, [], wall_time=wall_time)
        held = provider.tensors.setdefault((RUN, METRICS_TAG), Series(ROLE))
        value = Metrics(sequence, (), {}, ()).to_bytes()
        held.steps[step] = wall_time, np.array(value, dtype=object)


@pytest.mark.parametrize(
    ("sequences", "logged"),
    [
        ([(1, 0, 1), (2, 1, 2), (3, 2, 3)], 3),
        ([(1, 0, 1), (9, 80, 81), (10, 99, 100)], 100),
        # A restarted training that goes on.
        ([(1, 0, 1), (2, 1, 2), (3, 2, 1), (4, 3, 2), (5, 4, 3)], 5),
        # One that goes back: its steps stand between those of the first.
        ([(1, 0, 1), (2, 10, 2), (3, 20, 3), (4, 5, 1), (5, 15, 2)], 5),
        # Twice restarted, with most records sampled away.
        ([(1, 50, 51), (2, 60, 11), (3, 70, 21), (4, 75, 6)], 51 + 21 + 6),
        # Numbers that no training counts up to stay integers that a page can hold.
        ([(1, 0, 2**53 - 1), (2, 1, 5)], 2**53 - 1),
        # A writer that does not count is believed as far as it can be.
        ([(1, 0, 1), (2, 1, 1), (3, 2, 1)], 3),
    ],
)
def test_the_number_of_logged_records_adds_up_over_writers(
    provider: MemoryProvider, app: App, sequences: list[tuple[float, int, int]], logged: int
) -> None:
    number(provider, *sequences)
    assert app.json("series", ("tag", TAG))["runs"][RUN]["logged"] == logged


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([0.25, 0.75], 0.5),
        ([0.25, None], 0.25),
        ([0.25, math.nan, math.inf, -math.inf], 0.25),
        ([None, math.nan], None),
        ([1e308, 1e308], 1e308),
        # A third of it is rounded up.
        ([sys.float_info.max] * 3, sys.float_info.max),
        ([-sys.float_info.max] * 3, -sys.float_info.max),
        ([1, 2, 4.5], 2.5),
    ],
)
def test_a_mean_is_over_finite_values(
    provider: MemoryProvider, app: App, values: list[float | None], mean: float | None
) -> None:
    provider.log(1, [pair(str(n), iou=value) for n, value in enumerate(values)])
    assert app.json("series", ("tag", TAG))["runs"][RUN]["metrics"] == {"iou": [mean]}


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ([0.25, 0.75], 2),
        ([0.25, None, math.nan, math.inf], 1),
        ([math.inf, math.inf, None], 2),
        ([math.inf, -math.inf], None),
        ([None, math.nan], None),
    ],
)
def test_a_mean_says_how_many_samples_it_is_over(
    provider: MemoryProvider, app: App, values: list[float | None], count: int | None
) -> None:
    provider.log(1, [pair(str(n), iou=value) for n, value in enumerate(values)])
    told = app.json("series", ("tag", TAG))["runs"][RUN]
    sets = told["sampleSets"]
    assert sets[0]["count"] == len(values)
    assert "recordSets" not in told
    at = told.get("meanSets", {"iou": [0]})["iou"][0]
    assert (None if at is None else sets[at]["count"]) == count


def test_sets_of_samples_are_the_same_in_any_order_and_said_once(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [pair("a", iou=0.5, mae=1.0), pair("b", iou=0.5)])
    provider.log(2, [pair("b", iou=0.5), pair("a", iou=0.5, mae=1.0)])
    provider.log(3, [pair("a", iou=0.5)])
    provider.log(4, [pair("c", iou=0.5)])
    provider.tensors[RUN, METRICS_TAG].steps[5] = 5.0, np.array(b"damaged", dtype=object)
    provider.put(5, [], wall_time=5.0)
    told = app.json("series", ("tag", TAG))["runs"][RUN]
    assert [one["count"] for one in told["sampleSets"]] == [2, 1, 1]
    assert len({one["mark"] for one in told["sampleSets"]}) == 3
    assert told["recordSets"] == [0, 0, 1, 2, None]
    assert told["meanSets"] == {"mae": [1, 1, None, None, None]}


def test_samples_and_metrics_may_come_and_go(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [pair("a", iou=0.5)])
    provider.log(2, [pair("b", mae=1.0), pair("a", iou=math.inf)])
    told = app.json("series", ("tag", TAG))["runs"][RUN]
    assert told["samples"] == ["a", "b"]
    assert told["metrics"] == {"iou": [0.5, "Infinity"], "mae": [None, 1.0]}
    samples = app.json("samples", ("tag", TAG))["runs"][RUN]
    assert samples["samples"] == ["a", "b"]
    assert samples["metrics"] == {
        "iou": [[0.5, "Infinity"], [None, None]],
        "mae": [[None, None], [None, 1.0]],
    }


def test_attributes_are_those_of_the_newest_record_of_a_sample(
    provider: MemoryProvider, app: App
) -> None:
    def known(sample: str, **attributes: str | bool | int | float) -> Pair:
        return dataclasses.replace(pair(sample), attributes=attributes)

    provider.log(1, [known("a", weather="rain", n=1), known("b", weather="sun", day=True)])
    assert "attributes" in app.json("samples", ("tag", TAG))["runs"][RUN]
    provider.log(2, [known("a", weather="snow"), pair("c")])
    told = app.json("samples", ("tag", TAG))["runs"][RUN]
    assert told["samples"] == ["a", "b", "c"]
    assert told["attributes"] == {
        "weather": ["snow", "sun", None],
        "day": [None, True, None],
    }
    bundle = app.frames(("tag", TAG), ("at", f"1:{RUN}"))
    assert [sample["attributes"] for sample in bundle.frames[0]["samples"]] == [
        {"weather": "rain", "n": 1},
        {"weather": "sun", "day": True},
    ]


def test_without_attributes_nothing_is_said_of_them(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [pair("a")])
    assert "attributes" not in app.json("samples", ("tag", TAG))["runs"][RUN]


@pytest.mark.parametrize(
    "attributes",
    [
        {"a": [1, 2]},
        {"a": [[1]]},
        {"a": [1e999]},
        {"a": 1},
        [1],
        {str(i): [1] for i in range(1025)},
        {"a": [2**53]},
    ],
)
def test_damaged_attributes_are_a_record_without_metrics(
    provider: MemoryProvider, app: App, attributes: object
) -> None:
    provider.log(1, [pair("a", iou=0.5)])
    held = provider.tensors[RUN, METRICS_TAG]
    damaged = json.loads(Metrics(1, ("a",), {}, ("00000000",)).to_bytes()) | {
        "attributes": attributes
    }
    held.steps[2] = 2.0, np.array(json.dumps(damaged).encode(), dtype=object)
    provider.put(2, [], wall_time=2)
    told = app.json("samples", ("tag", TAG))["runs"][RUN]
    assert told["steps"] == ["1", "2"]
    assert "attributes" not in told
    assert told["metrics"] == {"iou": [[0.5, None]]}


def test_changes_of_ground_truth_are_told_by_sample_and_step(
    provider: MemoryProvider, app: App
) -> None:
    def truth(sample: str, fill: int) -> Pair:
        return dataclasses.replace(pair(sample), ground_truth=png(fill=fill))

    provider.log(1, [truth("a", 1), truth("b", 1)])
    provider.log(2, [truth("a", 2)])
    provider.log(3, [truth("a", 2), truth("b", 1)])
    provider.log(4, [truth("a", 1), truth("b", 3)])
    samples = app.json("samples", ("tag", TAG))["runs"][RUN]
    assert samples["changed"] == {"a": ["2", "4"], "b": ["4"]}


def test_samples_that_a_record_does_not_hold_are_told_from_those_not_measured(
    provider: MemoryProvider, app: App
) -> None:
    provider.log(1, [pair("a", iou=0.5), pair("b", iou=None)])
    provider.log(2, [pair("a", iou=None)])
    provider.log(3, [pair("b", iou=0.5)])
    samples = app.json("samples", ("tag", TAG))["runs"][RUN]
    assert samples["metrics"]["iou"] == [[0.5, None, None], [None, None, 0.5]]
    assert samples["missing"] == {"a": [2], "b": [1]}


def test_nothing_is_missing_where_all_records_hold_the_same_samples(
    provider: MemoryProvider, app: App
) -> None:
    for step in (1, 2):
        provider.log(step, [pair("a", iou=0.5), pair("b", iou=None)])
    assert "missing" not in app.json("samples", ("tag", TAG))["runs"][RUN]


def test_steps_are_there_without_metrics(provider: MemoryProvider, app: App) -> None:
    provider.log(1, [pair(iou=0.5)])
    provider.log(7, [pair(iou=0.5)])
    provider.tensors.clear()
    told = app.json("series", ("tag", TAG))["runs"][RUN]
    assert (told["steps"], told["logged"], told["metrics"]) == (["1", "7"], 2, {})


@pytest.mark.parametrize(
    "stored",
    [
        np.array(b"not JSON", dtype=object),
        np.array([b"{}", b"{}"], dtype=object),
        np.array([], dtype=object),
        np.array(3.0),
        np.array("text"),
        np.zeros((2, 2)),
    ],
    ids=repr,
)
def test_a_damaged_metrics_value_costs_its_numbers_only(
    provider: MemoryProvider, app: App, stored: np.ndarray
) -> None:
    provider.log(1, [pair(iou=0.5)])
    provider.log(2, [pair(iou=0.5)])
    provider.tensors[RUN, METRICS_TAG].steps[1] = 0.0, stored
    told = app.json("series", ("tag", TAG))["runs"][RUN]
    assert told["steps"] == ["1", "2"]
    assert told["metrics"] == {"iou": [None, 0.5]}


def test_metrics_that_tensorboard_cannot_read_hide_no_other_run(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    for run in ("bad", "good"):
        provider.log(1, [pair(iou=0.5)], run=run)
    read = provider.read_tensors

    def fail(ctx: object, **query: object) -> object:
        if "bad" in query["run_tag_filter"].runs:  # type: ignore[attr-defined]
            raise ValueError("cannot reshape array")
        return read(ctx, **query)  # type: ignore[arg-type]

    monkeypatch.setattr(provider, "read_tensors", fail)
    runs = app.json("series", ("tag", TAG))["runs"]
    assert runs["bad"]["steps"] == runs["good"]["steps"] == ["1"]
    assert runs["bad"]["metrics"] == {}
    assert runs["good"]["metrics"] == {"iou": [0.5]}


def test_only_the_named_runs_are_told(provider: MemoryProvider, app: App) -> None:
    for run in ("a", "b", "c"):
        provider.log(1, [pair()], run=run)
    got = app.json("series", ("tag", TAG), ("run", "c"), ("run", "a"), ("run", "none"))
    assert list(got["runs"]) == ["a", "c"]


def test_the_series_of_many_runs_are_two_calls(provider: MemoryProvider, app: App) -> None:
    for run in range(20):
        for step in range(50):
            provider.log(step, [pair(iou=0.5)], run=f"run{run}")
    assert len(app.json("series", ("tag", TAG))["runs"]) == 20
    assert provider.calls == {"list_blob_sequences": 1, "read_tensors": 1}


def test_tags_of_many_runs_are_three_calls(provider: MemoryProvider, app: App) -> None:
    for run in range(30):
        for tag in range(30):
            provider.put(0, [], run=f"run{run}", tag=f"tag{tag:02}")
    tags = app.json("tags")
    assert [tag["tag"] for tag in tags["tags"]] == [f"tag{tag:02}" for tag in range(30)]
    assert all(tag["series"][0]["runs"] == list(range(30)) for tag in tags["tags"])
    # Of the records, and of pictures that are none.
    assert provider.calls == {"list_blob_sequences": 2, "list_runs": 1}


def test_runs_that_disagree_on_a_kind_are_told_apart(provider: MemoryProvider, app: App) -> None:
    image = metadata.RecordRole(kinds.ImageKind()).to_bytes()
    provider.put(0, [], run="a", plugin_content=image)
    provider.put(0, [], run="b")
    provider.put(0, [], run="c", plugin_content=image)
    (tag,) = app.json("tags")["tags"]
    assert [(one["kind"]["name"], one["runs"]) for one in tag["series"]] == [
        ("image", [0, 2]),
        ("mask", [1]),
    ]


def test_of_many_unreadable_tags_a_few_are_told(provider: MemoryProvider, app: App) -> None:
    for tag in range(300):
        provider.put(0, [], tag=f"tag{tag}", plugin_content=b"?")
    tags = app.json("tags")
    assert len(tags["skipped"]) == 200
    assert tags["runs"] == []


def test_too_many_metrics_of_samples_at_once_are_refused(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MAX_SAMPLES_BYTES", 100)
    provider.log(1, [pair(iou=0.5), pair("t", iou=0.5)])
    status, sentence = app.refused("samples", ("tag", TAG))
    assert status == 400
    assert sentence.endswith("more than are served at once (100); ask for fewer runs")
    assert app.get("series", ("tag", TAG)).status_code == 200


def test_each_metrics_value_is_parsed_once_a_request(
    provider: MemoryProvider, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []
    parse = series.Parser.parse

    def count(parser: series.Parser, data: bytes) -> Metrics:
        parsed.append(data)
        return parse(parser, data)

    for step in range(3):
        provider.log(step, [pair(iou=step / 10)])
    monkeypatch.setattr(series.Parser, "parse", count)
    assert app.json("series", ("tag", TAG))["runs"][RUN]["metrics"] == {"iou": [0, 0.1, 0.2]}
    assert len(parsed) == 3
