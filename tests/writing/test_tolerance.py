# SPDX-License-Identifier: Apache-2.0
"""A training that runs never ends because of a value, whichever door the value comes through."""

import contextlib
import dataclasses
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.writing import event_files

GREY = np.linspace(0, 1, 2 * 6 * 5, dtype=np.float32).reshape(2, 6, 5, 1)
IDS = np.arange(2 * 6 * 5).reshape(2, 6, 5) % 4
MANY = np.arange(2 * 300 * 300).reshape(2, 300, 300)


@dataclasses.dataclass(frozen=True)
class Fault:
    """Arguments that are right, and what makes them wrong by a value only."""

    wrong: dict[str, Any]
    message: str
    right: dict[str, Any] = dataclasses.field(default_factory=lambda: {"ground_truth": GREY})
    options: dict[str, Any] = dataclasses.field(default_factory=dict)
    # It shows only when the record is encoded, which in the background is after the call.
    is_late: bool = False
    # TensorFlow has no tensor of it.
    is_tensor: bool = True

    def at(self, wrong: bool) -> dict[str, Any]:
        """Returns the arguments of a call."""
        given = {**self.right, **(self.wrong if wrong else {})}
        given.setdefault("prediction", given["ground_truth"])
        return given


FAULTS = {
    "floats on another scale": Fault({"ground_truth": GREY + 1}, "want floats in [0, 1]"),
    "an input on another scale": Fault(
        {"image": GREY * 255}, "image[0] is float32", {"ground_truth": GREY, "image": GREY}
    ),
    "integers beyond an image": Fault(
        {"ground_truth": IDS + 255},
        "want 0 to 255",
        {"ground_truth": IDS},
        {"kind": pairs.Image()},
    ),
    "masked integers": Fault(
        {"ground_truth": np.ma.masked_equal(IDS, 0)},
        "with masked values",
        {"ground_truth": IDS},
        is_tensor=False,
    ),
    "too many class ids": Fault(
        {"ground_truth": MANY}, "different class ids", {"ground_truth": MANY // 100}, is_late=True
    ),
    "class ids beyond 2^53": Fault(
        {"ground_truth": IDS + 2**60}, "less than 2^53", {"ground_truth": IDS}, is_late=True
    ),
    "the same id twice": Fault(
        {"ids": np.array([1, 1])}, "has '1' twice", {"ground_truth": GREY, "ids": np.array([1, 2])}
    ),
    "an id that is blank": Fault({"ids": ["", "a"]}, "ids has ''"),
    "an id that is no integer": Fault(
        {"ids": [1.5, 2.0]}, "has 1.5", {"ground_truth": GREY, "ids": [1.0, 2.0]}
    ),
    "half a surrogate": Fault({"captions": ["a", "\ud800"]}, "surrogate", is_tensor=False),
    "a metric beyond floats": Fault(
        {"metrics": {"a": [10**400, 1]}}, "beyond the range of floats", is_tensor=False
    ),
    "captions that no reader takes": Fault(
        {"captions": ["c" * 9_000_000] * 2}, "take 180", is_late=True
    ),
}
STEPS = {
    "a step that is no integer": Fault({"step": np.float32(1.5)}, "want an integer"),
    "a step that is NaN": Fault({"step": np.float64("nan")}, "want an integer"),
    "a step that is infinite": Fault({"step": float("inf")}, "want an integer"),
    "a step beyond int64": Fault({"step": 2**63}, "less than 2^63", is_tensor=False),
}


class Eager:
    """A call with the path of a log directory."""

    raises: Any = ValueError

    def __init__(self, logdir: Any, fault: Fault) -> None:
        self.writer: Any = str(logdir)
        self.fault = fault

    def call(self, step: int, wrong: bool) -> Any:
        given = {"step": step, **self.fault.at(wrong)}
        return pairs.summary("a", writer=self.writer, **self.fault.options, **given)

    def flush(self) -> None:
        pass


class Torch(Eager):
    """A call with a `SummaryWriter` of torch."""

    def __init__(self, logdir: Any, fault: Fault) -> None:
        super().__init__(logdir, fault)
        module = pytest.importorskip("torch.utils.tensorboard")
        self.writer = module.SummaryWriter(str(logdir))

    def flush(self) -> None:
        self.writer.flush()


class InBackground(Eager):
    """A call in `pairs.background()`."""

    def __init__(self, logdir: Any, fault: Fault) -> None:
        super().__init__(logdir, fault)
        self.queue = pairs.background()

    def call(self, step: int, wrong: bool) -> Any:
        written = super().call(step, wrong)
        self.queue.flush()
        # What shows late is not known to the call.
        return written and not (wrong and self.fault.is_late)

    def flush(self) -> None:
        self.queue.close()


class InFunction(Eager):
    """A call in a `tf.function` that was traced once."""

    def __init__(self, logdir: Any, fault: Fault) -> None:
        super().__init__(logdir, fault)
        if not fault.is_tensor:
            pytest.skip("no tensor")
        tf = pytest.importorskip("tensorflow")
        self.raises = tf.errors.InvalidArgumentError
        self.writer = tf.summary.create_file_writer(str(logdir))
        self.tf = tf

        @tf.function(reduce_retracing=True)
        def run(step: Any, given: Any) -> Any:
            given = {"step": step, **given}
            return pairs.summary("a", writer=self.writer, **fault.options, **given)

        self.run = run

    def call(self, step: int, wrong: bool) -> Any:
        given = self.fault.at(wrong)
        step = given.pop("step", step)
        tensors = {name: self.tf.constant(value) for name, value in given.items()}
        return bool(self.run(self.tf.constant(step, self.tf.float64), tensors))

    def flush(self) -> None:
        self.writer.flush()


class Collected(Eager):
    """A pass of two batches, of which the second may be wrong."""

    def call(self, step: int, wrong: bool) -> Any:
        if "step" in self.fault.wrong:
            collector = self.collector()
            collector.add(GREY, GREY)
            return collector.write(self.fault.wrong["step"] if wrong else step)
        collector = self.collector()
        before = len(self.kept(collector))
        collector.add(**self.fault.at(wrong))
        if self.fault.is_late:
            return collector.write(step)
        assert len(self.kept(collector)) == before + (0 if wrong else 2)
        collector.write(step)
        return not wrong

    def collector(self) -> pairs.Collector:
        return pairs.Collector("a", writer=self.writer, **self.fault.options)

    def kept(self, collector: pairs.Collector) -> list[Any]:
        return collector._kept


DOORS: dict[str, Callable[..., Eager]] = {
    "eager": Eager,
    "torch": Torch,
    "background": InBackground,
    "tf.function": InFunction,
    "collector": Collected,
}
CASES = [(door, name) for door in DOORS for name in {**FAULTS, **STEPS}]


def door_of(door: str, name: str, logdir: Any) -> Eager:
    return DOORS[door](logdir, {**FAULTS, **STEPS}[name])


@pytest.mark.parametrize(("door", "name"), CASES)
def test_values_that_go_wrong_later_are_one_warning_and_false(tmp_path, door, name):
    one = door_of(door, name, tmp_path)
    assert one.call(0, wrong=False)
    with pytest.warns(pairs.NotWrittenWarning, match=re.escape(one.fault.message)) as said:
        assert not one.call(1, wrong=True)
    assert len(said) == 1
    assert str(said[0].message).startswith("pairs goes on without a")
    assert said[0].filename == __file__
    assert not one.call(2, wrong=True)
    assert one.call(3, wrong=False)
    one.flush()
    assert [record.step for record in event_files.read(tmp_path)] == [0, 3]


@pytest.mark.parametrize(("door", "name"), CASES)
def test_values_that_are_wrong_from_the_first_call_are_an_error(tmp_path, door, name):
    one = door_of(door, name, tmp_path)
    # A collector has taken a batch by the time that it writes.
    late = (one.fault.is_late and door in ("background", "collector")) or (
        name in STEPS and door == "collector"
    )
    with contextlib.ExitStack() as stack:
        if late:
            stack.enter_context(pytest.warns(pairs.NotWrittenWarning, match="pairs goes on"))
        else:
            message = re.escape(one.fault.message)
            stack.enter_context(pytest.raises(one.raises, match=message))
        assert one.call(0, wrong=True) is (False if late else "raised")
    # As long as nothing was accepted, it is the start of the program.
    if not late:
        with pytest.raises(one.raises):
            one.call(1, wrong=True)
    assert one.call(2, wrong=False)
    one.flush()
    assert [record.step for record in event_files.read(tmp_path)] == [2]


@pytest.mark.parametrize("door", DOORS)
def test_what_dtypes_and_ranks_decide_is_an_error_at_any_step(tmp_path, door):
    fault = Fault({"ground_truth": np.zeros((2, 6, 5, 7), np.float32)}, "")
    if door == "tf.function":
        fault = Fault({"ids": [1, 2, 3]}, "", {"ground_truth": GREY, "ids": [1, 2]})
    one = DOORS[door](tmp_path, fault)
    assert one.call(0, wrong=False)
    for step in (1, 2):
        with pytest.raises(one.raises, match=r"7 channels, want 1 to 4|ids has 3 elements, want 2"):
            one.call(step, wrong=True)
    one.flush()


def test_each_tag_and_each_writer_has_a_first_call(tmp_path):
    assert pairs.summary("a", GREY, GREY, 0, writer=tmp_path / "x")
    for tag, where in (("b", "x"), ("a", "y")):
        with pytest.raises(ValueError, match="want floats in"):
            pairs.summary(tag, GREY + 1, GREY, 0, writer=tmp_path / where)


def test_each_kind_of_fault_is_said(tmp_path):
    assert pairs.summary("a", GREY, GREY, 0, writer=tmp_path)
    with pytest.warns(pairs.NotWrittenWarning, match="want floats in"):
        pairs.summary("a", GREY + 1, GREY, 1, writer=tmp_path)
    with pytest.warns(pairs.NotWrittenWarning, match="step is nan"):
        pairs.summary("a", GREY, GREY, float("nan"), writer=tmp_path)
    with pytest.warns(pairs.NotWrittenWarning, match="image.0. is float32"):
        pairs.summary("a", GREY, GREY, 1, image=GREY * 9, writer=tmp_path)


def test_a_fault_is_said_for_each_writer(tmp_path):
    torch = pytest.importorskip("torch.utils.tensorboard")
    for name in "ab":
        with torch.SummaryWriter(tmp_path / name) as writer:
            assert pairs.summary("each writer", GREY, GREY, 0, writer=writer)
            for step in (1, 2):
                with warnings.catch_warnings(record=True) as said:
                    warnings.simplefilter("always")
                    assert not pairs.summary("each writer", GREY + 1, GREY, step, writer=writer)
                assert len(said) == (step == 1)


def test_a_batch_that_is_left_out_moves_no_positions(tmp_path):
    collector = pairs.Collector("a", writer=tmp_path)
    collector.add(GREY, GREY)
    with pytest.warns(pairs.NotWrittenWarning, match="pairs goes on without a batch of 'a'"):
        collector.add(GREY + 1, GREY)
    collector.add(GREY, GREY)
    assert collector.write(0)
    (record,) = event_files.read(tmp_path)
    assert [sample.id for sample in record.samples] == ["0", "1", "4", "5"]


def test_a_batch_with_an_id_of_before_is_left_out_as_a_whole(tmp_path):
    collector = pairs.Collector("a", writer=tmp_path)
    collector.add(GREY, GREY, ids=["a", "b"])
    with pytest.warns(pairs.NotWrittenWarning, match="ids has 'a' again"):
        collector.add(GREY, GREY, ids=["c", "a"])
    assert collector.write(0)
    (record,) = event_files.read(tmp_path)
    assert [sample.id for sample in record.samples] == ["a", "b"]


NASTY = [
    np.nan,
    np.inf,
    -np.inf,
    np.finfo(np.float32).max,
    np.finfo(np.float32).min,
    np.finfo(np.float32).tiny / 2,
    np.finfo(np.float64).max,
    -0.0,
]
KINDS = [
    pairs.Image(),
    pairs.Image(bits=16),
    pairs.Mask(),
    *(
        pairs.Heatmap(range=bounds, bits=bits)
        for bounds in (None, "minmax", "percentile", "symmetric", (0, 1), (-8e307, 8e307))
        for bits in (8, 16, 32)
    ),
]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
# What is said of values that were written is no fault of writing.
@pytest.mark.filterwarnings(
    "error", "ignore::tb_pairs_plugin.NotWrittenWarning", "ignore:pairs knows no class"
)
def test_no_value_ends_a_training_that_runs_not_even_of_a_strict_numpy(tmp_path, kind):
    """As in a program that makes errors of all warnings, and of NumPy's own overflows."""
    with np.errstate(all="raise"):
        truth = IDS if isinstance(kind, pairs.Mask) else GREY
        assert pairs.summary("a", truth, truth, 0, kind=kind, writer=tmp_path)
        for step, value in enumerate(NASTY, 1):
            for dtype in (np.float16, np.float32, np.float64):
                bad = GREY.astype(dtype)
                with np.errstate(all="ignore"):
                    bad[0, 0, :2] = value
                whole = np.full_like(bad, bad[0, 0, 0])
                scores = np.repeat(bad, 3, axis=-1)
                for one in (bad, whole):
                    if isinstance(kind, pairs.Mask):
                        pairs.summary("a", IDS, scores, step, writer=tmp_path)
                        continue
                    pairs.summary("a", one, one, step, kind=kind, writer=tmp_path)
                    pairs.summary("a", truth, one, step, kind=kind, writer=tmp_path)
                    pairs.summary("a", one, truth, step, kind=kind, image=one, writer=tmp_path)
                    select = pairs.worst(1)
                    pairs.summary("a", one, bad, step, kind=kind, select=select, writer=tmp_path)


def test_a_later_warning_is_an_error_only_where_warnings_are(tmp_path):
    assert pairs.summary("a", GREY, GREY, 0, writer=tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error", pairs.PairsWarning)
        with pytest.raises(pairs.NotWrittenWarning):
            pairs.summary("a", GREY + 1, GREY, 1, writer=tmp_path)


@pytest.mark.parametrize(
    "bounds", [None, "minmax", "percentile", ("percentile", 40, 60), "symmetric"]
)
@pytest.mark.parametrize("values", [[-1.7e308, 1.7e308], [-1.7e308, 0, 1.7e308], [1.7e308] * 2])
def test_numbers_at_the_end_of_float64_are_clipped_and_counted(bounds, values):
    depth = np.array(values).reshape(1, 1, -1, 1)
    kind = pairs.Heatmap(range=bounds)
    record = event_files.of_summary(pairs.summary_pb("a", depth, depth, kind=kind))
    (sample,) = record.samples
    assert np.isfinite(sample.entry["range"]).all()
    assert sample.entry["range"][0] < sample.entry["range"][1]
    stored = sample.ground_truth
    low, high = stored.entry["range"]
    np.testing.assert_allclose(stored.values.ravel(), np.clip(values, low, high), atol=2e303)
    assert stored.entry["clipped"] == np.mean([not low <= value <= high for value in values])
