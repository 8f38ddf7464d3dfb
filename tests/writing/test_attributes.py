# SPDX-License-Identifier: Apache-2.0
"""Attributes of samples: what is stored of each type, and that they go with their sample."""

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import batch as batches
from tb_pairs_plugin.writing.recording import event
from tests import format_reader

MASKS = np.random.default_rng(0).integers(0, 3, (4, 6, 7))


def stored(run):
    """The attributes of the samples of one record, by id, with their types."""
    (record,) = format_reader.read(run)
    return {one.entry["id"]: one.entry.get("attributes", {}) for one in record.samples}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["rain", "sun", "", "a:b"], ["rain", "sun", "", "a:b"]),
        ([True, False, np.True_, np.False_], [True, False, True, False]),
        ([1, -2, np.int64(3), np.uint8(4)], [1, -2, 3, 4]),
        ([0.25, 1e300, np.float32(0.5), -0.0], [0.25, 1e300, 0.5, -0.0]),
        ([None, float("nan"), np.nan, "x"], [None, None, None, "x"]),
        (np.array(["a", "b", "c", "d"]), ["a", "b", "c", "d"]),
        (np.array([1, 2, 3, 4], np.int16), [1, 2, 3, 4]),
        (np.ma.array([1.5, 2.5, 3.5, 4.5], mask=[0, 1, 0, 0]), [1.5, None, 3.5, 4.5]),
        ([b"bytes", "1", 1, True], ["bytes", "1", 1, True]),
        ([2**53 - 1, "NaN", "Infinity", "true"], [2**53 - 1, "NaN", "Infinity", "true"]),
    ],
)
def test_a_value_is_stored_with_its_type(tmp_path, column, expected):
    assert pairs.summary("a", MASKS, MASKS, 1, attributes={"x": column}, writer=tmp_path)
    found = [known.get("x") for known in stored(tmp_path).values()]
    assert [(type(one), one) for one in found] == [(type(one), one) for one in expected]


def test_tensors_of_torch(tmp_path):
    torch = pytest.importorskip("torch")
    columns = {"n": torch.tensor([1, 2, 3, 4]), "b": [torch.tensor(True)] * 4}
    pairs.summary("a", MASKS, MASKS, 1, attributes=columns, writer=tmp_path)
    assert stored(tmp_path)["2"] == {"n": 3, "b": True}


def test_they_are_selected_along_with_samples(tmp_path):
    weather = ["rain", "sun", "rain", "snow"]
    pairs.summary(
        "a",
        MASKS,
        MASKS,
        1,
        attributes={"weather": weather},
        select=lambda sample: sample.attributes["weather"] == "rain",
        writer=tmp_path / "predicate",
    )
    assert stored(tmp_path / "predicate") == {"0": {"weather": "rain"}, "2": {"weather": "rain"}}
    pairs.summary(
        "a",
        MASKS,
        MASKS,
        1,
        metrics={"dice": [0.9, 0.1, 0.5, 0.2]},
        attributes={"weather": weather},
        select=pairs.worst(2, by="dice"),
        writer=tmp_path / "worst",
    )
    assert stored(tmp_path / "worst") == {"1": {"weather": "sun"}, "3": {"weather": "snow"}}


def test_a_collector_keeps_them_with_its_samples(tmp_path):
    collector = pairs.Collector("a", select=["5", "2"], writer=tmp_path)
    for first in (0, 4):
        collector.add(MASKS, MASKS, attributes={"n": range(first, first + 4)})
    assert collector.write(1)
    assert stored(tmp_path) == {"2": {"n": 2}, "5": {"n": 5}}


def test_in_the_background_they_are_those_of_the_call(tmp_path):
    weather = ["rain", "sun", "rain", "snow"]
    with pairs.background():
        pairs.summary("a", MASKS, MASKS, 1, attributes={"weather": weather}, writer=tmp_path)
        weather[0] = "later"
    assert stored(tmp_path)["0"] == {"weather": "rain"}


def test_a_record_without_any_says_nothing_of_them(tmp_path):
    pairs.summary("a", MASKS, MASKS, 1, attributes={"x": [None] * 4}, writer=tmp_path / "none")
    pairs.summary("a", MASKS, MASKS, 1, writer=tmp_path / "absent")
    for run in ("none", "absent"):
        (record,) = format_reader.read(tmp_path / run)
        assert "attributes" not in record.metrics
        assert all("attributes" not in one.entry for one in record.samples)


def test_a_batch_of_callbacks_and_handlers_holds_them():
    given = {"ground_truth": MASKS, "attributes": {"weather": ["a", "b", "c", "d"]}}
    batch = batches.to_batch(given)
    assert batch.first(2).attributes == {"weather": ["a", "b"]}


def test_attributes_that_take_more_than_a_reader_accepts_are_refused(monkeypatch):
    monkeypatch.setattr(event, "MAX_MANIFEST_BYTES", 200_000)
    masks = np.zeros((256, 1, 1, 1), np.int64)
    # Each name is of one sample; the table of metrics has a place for it in each.
    attributes = {f"n{i}": [i if i == at else None for at in range(256)] for i in range(256)}
    with pytest.raises(
        ValueError, match=r"metrics and attributes of a record.*, want at most 200000"
    ):
        pairs.summary_pb("a", masks, masks, attributes=attributes)
