# SPDX-License-Identifier: Apache-2.0
"""Tensors on a GPU in the background: the call does not wait for them.

Where there is no GPU, tensors that are marked stand for tensors on one.
"""

import threading
import time

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.arrays import conversion, device
from tests.writing import event_files

torch = pytest.importorskip("torch")
GPU = "cuda" if torch.cuda.is_available() else None


class Queue:
    """What a GPU is still to do; `finish` does it."""

    def __init__(self):
        self.done = threading.Event()
        self.waits = 0

    def synchronize(self):
        self.waits += 1
        assert self.done.wait(240)

    def finish(self):
        self.done.set()


@pytest.fixture
def queue(monkeypatch):
    """A queue of a GPU that is not there; all tensors made by `on_gpu` belong to it."""
    queue = Queue()
    monkeypatch.setattr(device, "is_on_gpu", lambda value: getattr(value, "on_gpu", False))
    monkeypatch.setattr(device, "_pinned_like", lambda tensor: torch.empty_like(tensor))
    monkeypatch.setattr(device, "_mark", lambda device: queue)
    yield queue
    queue.finish()


def on_gpu(values, dtype=None):
    tensor = torch.as_tensor(np.asarray(values)).to(dtype)
    tensor.on_gpu = True
    return tensor


def photos(seed):
    return np.random.default_rng(seed).integers(0, 256, (2, 3, 8, 8), dtype=np.uint8)


def log(directory, step, truth, prediction, **options):
    options.setdefault("data_format", "channels_first")
    return pairs.summary("photo", truth, prediction, step, writer=directory, **options)


def test_a_call_does_not_wait_for_the_gpu(tmp_path, queue):
    with pairs.background():
        # The first call of a tag looks at its values, so that what is wrong is an error.
        assert log(tmp_path, 0, on_gpu(photos(0)), on_gpu(photos(1)))
        assert not queue.waits
        losses = on_gpu([0.25, 0.75], torch.bfloat16)
        assert log(tmp_path, 1, photos(0), on_gpu(photos(2)), metrics={"loss": losses})
        listed = [on_gpu(one) for one in photos(3)]
        assert log(tmp_path, 2, list(photos(0)), listed, image=on_gpu(photos(4)))
        assert not queue.done.is_set()
        queue.finish()
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == [0, 1, 2]
    for record, seed in zip(records, (1, 2, 3), strict=True):
        for i, sample in enumerate(record.samples):
            for picture, want in ((sample.ground_truth, 0), (sample.prediction, seed)):
                np.testing.assert_array_equal(picture.values, photos(want)[i].transpose(1, 2, 0))
    assert [sample.metrics["loss"] for sample in records[1].samples] == [0.25, 0.75]
    assert queue.waits == 5


def test_a_step_that_is_not_due_is_neither_copied_nor_queued(tmp_path, queue):
    given = on_gpu(photos(0)), on_gpu(photos(1))
    with pairs.background() as background:
        assert log(tmp_path, 0, *given)
        for step, is_due in ((1, False), (100, True), (101, False)):
            assert log(tmp_path, step, *given, select=pairs.every(100)) is is_due
        queue.finish()
        background.flush()
    assert [record.step for record in event_files.read(tmp_path)] == [0, 100]


def test_a_record_has_the_time_of_its_call(tmp_path, queue):
    given = on_gpu(photos(0)), on_gpu(photos(1))
    with pairs.background():
        log(tmp_path, 0, *given)
        begin = time.time()
        log(tmp_path, 1, *given)
        end = time.time()
        time.sleep(0.01)
        queue.finish()
    (time_of_call,) = [one.wall_time for one in event_files.read(tmp_path) if one.step == 1]
    assert begin <= time_of_call <= end


def test_no_pinned_memory_is_a_warning_and_false(tmp_path, monkeypatch):
    monkeypatch.setattr(device, "is_on_gpu", lambda value: getattr(value, "on_gpu", False))
    given = on_gpu(photos(0)), on_gpu(photos(1))

    def fail(*_, **__):
        raise RuntimeError("CUDA error: out of memory")

    with pairs.background():
        assert log(tmp_path, 0, *given)
        monkeypatch.setattr(torch, "empty", fail)
        with pytest.warns(pairs.NotWrittenWarning, match="could not be queued .*out of memory"):
            assert log(tmp_path, 1, *given) is False
    assert [record.step for record in event_files.read(tmp_path)] == [0]


def test_no_memory_for_a_tensor_on_the_host_is_a_warning_and_false(tmp_path, monkeypatch):
    def fail(_):
        raise RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate")

    truth, prediction = (torch.as_tensor(photos(seed)) for seed in (0, 1))
    monkeypatch.setattr(conversion, "_from_torch", fail)
    with pytest.warns(pairs.NotWrittenWarning, match="DefaultCPUAllocator"):
        assert log(tmp_path, 0, truth, prediction) is False


def test_what_the_caller_does_with_its_arrays_later_changes_nothing(tmp_path, queue):
    truth, prediction = photos(0), on_gpu(photos(1))
    with pairs.background():
        log(tmp_path, 0, truth, prediction)
        log(tmp_path, 1, truth, prediction)
        truth[:] = 0
        prediction[:] = 0
        queue.finish()
    for record in event_files.read(tmp_path):
        np.testing.assert_array_equal(
            record.samples[1].prediction.values, photos(1)[1].transpose(1, 2, 0)
        )
        np.testing.assert_array_equal(
            record.samples[1].ground_truth.values, photos(0)[1].transpose(1, 2, 0)
        )


class Variable:
    """What changes in place as a variable of Keras does, read through NumPy's protocol."""

    def __init__(self, values):
        self.values = np.array(values)
        self.dtype = self.values.dtype
        self.shape = self.values.shape

    def __array__(self, dtype=None, copy=None):
        return self.values


def pillow_images():
    image = pytest.importorskip("PIL.Image")
    return [image.fromarray(one.transpose(1, 2, 0)) for one in photos(0)]


def tensorflow_variable():
    return pytest.importorskip("tensorflow").Variable(photos(0))


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (lambda: Variable(photos(0)), lambda given: given.values.fill(0)),
        (lambda: [*map(Variable, photos(0))], lambda given: given[1].values.fill(0)),
        (lambda: [*photos(0)], lambda given: given[1].fill(0)),
        (lambda: torch.as_tensor(photos(0)), lambda given: given.zero_()),
        (pillow_images, lambda given: given[1].paste((0, 0, 0), (0, 0, 8, 8))),
        (tensorflow_variable, lambda given: given.assign(np.zeros_like(photos(0)))),
    ],
    ids=["array protocol", "list of those", "list of NumPy", "torch", "Pillow", "TensorFlow"],
)
def test_what_changes_on_the_host_later_changes_nothing(tmp_path, queue, make, change):
    with pairs.background():
        for step in range(2):
            given = make()
            options = {}
            if isinstance(given, list) and not hasattr(given[0], "dtype"):
                options = {"data_format": "channels_last"}
            prediction = photos(1).transpose(0, 2, 3, 1) if options else photos(1)
            log(tmp_path, step, given, on_gpu(prediction), **options)
            change(given)
        queue.finish()
    last = event_files.read(tmp_path)[-1]
    np.testing.assert_array_equal(
        last.samples[1].ground_truth.values, photos(0)[1].transpose(1, 2, 0)
    )


def test_variables_and_choices_are_those_of_the_call(tmp_path, queue):
    iterations, losses, chosen = Variable(0), Variable([0.0, 0.0]), []
    with pairs.background():
        for step in range(4):
            iterations.values.fill(step)
            losses.values[:] = step, step + 0.5
            chosen[:] = ["b"]
            given = photos(0), on_gpu(photos(1))
            options = {"ids": ["a", "b"], "metrics": {"loss": losses}, "select": chosen}
            assert log(tmp_path, iterations, *given, **options)
            chosen[:] = ["none"]
        queue.finish()
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == [0, 1, 2, 3]
    assert [[(one.id, one.metrics["loss"]) for one in record.samples] for record in records] == [
        [("b", step + 0.5)] for step in range(4)
    ]


def test_texts_of_numpy_stay_texts(tmp_path, queue):
    names, weather = np.array(["a", "b"]), np.array(["rain", "sun"])
    with pairs.background():
        for step in range(3):
            given = photos(0), on_gpu(photos(1))
            attributes = {"weather": list(weather)}
            assert log(
                tmp_path, step, *given, ids=list(names), captions=names, attributes=attributes
            )
        queue.finish()
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == [0, 1, 2]
    for record in records:
        assert [(one.id, one.entry["caption"]) for one in record.samples] == [
            ("a", "a"),
            ("b", "b"),
        ]


def test_iterators_are_read_once(tmp_path, queue):
    with pairs.background():
        for step in range(3):
            log(
                tmp_path,
                step,
                photos(0),
                on_gpu(photos(1)),
                ids=(f"n{i}" for i in range(2)),
                captions=iter(["one", "two"]),
                metrics={"loss": iter([0.5, 1.5])},
                attributes={"weather": (text for text in ("rain", "sun"))},
                select=(f"n{i}" for i in range(2)),
            )
        queue.finish()
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == [0, 1, 2]
    for record in records:
        assert [one.id for one in record.samples] == ["n0", "n1"]
        assert [one.entry["caption"] for one in record.samples] == ["one", "two"]
        assert [one.metrics["loss"] for one in record.samples] == [0.5, 1.5]


@pytest.mark.parametrize(
    ("truth", "prediction", "said"),
    [
        (photos(0)[:1], photos(1), "prediction has 2 elements, want 1"),
        (photos(0), photos(1)[0, 0], "has shape"),
        (photos(0), np.zeros((2, 3, 8, 8), np.complex64), "booleans, integers or floats"),
    ],
    ids=["counts", "ranks", "dtypes"],
)
def test_what_shapes_and_dtypes_decide_is_an_error_at_once(
    tmp_path, queue, truth, prediction, said
):
    queue.finish()
    with pairs.background():
        log(tmp_path, 0, on_gpu(photos(0)), on_gpu(photos(1)))
        with pytest.raises(ValueError, match=said):
            log(tmp_path, 1, on_gpu(truth), on_gpu(prediction))
        waits = queue.waits
    assert not waits


def test_values_are_an_error_at_first_and_later_a_warning(tmp_path, queue):
    queue.finish()
    fine, wrong = on_gpu(np.full((2, 3, 8, 8), 0.5)), on_gpu(np.full((2, 3, 8, 8), 7.5))
    with pairs.background() as behind:
        with pytest.raises(ValueError, match="want"):
            log(tmp_path, 0, fine, wrong, image=wrong)
        log(tmp_path, 1, fine, fine, image=fine)
        log(tmp_path, 2, fine, fine, image=wrong)
        with pytest.warns(pairs.NotWrittenWarning, match="goes on without a record of 'photo'"):
            behind.flush()
        log(tmp_path, 3, fine, fine, image=fine)
    assert [record.step for record in event_files.read(tmp_path)] == [1, 3]


def test_ids_on_the_gpu_are_read_when_they_arrive(tmp_path, queue):
    queue.finish()
    with pairs.background():
        for step in range(2):
            log(tmp_path, step, on_gpu(photos(0)), on_gpu(photos(1)), ids=on_gpu([7, 9]))
    for record in event_files.read(tmp_path):
        assert [sample.id for sample in record.samples] == ["7", "9"]


@pytest.mark.skipif(GPU is None, reason="there is no GPU")
def test_a_real_gpu_is_not_waited_for(tmp_path):
    # Seconds of work for the GPU, so that whoever waits for it is seen to: no time is asserted.
    busy = torch.randn(8192, 8192, device=GPU)
    prediction = torch.as_tensor(photos(1), device=GPU)
    turned = prediction.transpose(2, 3)
    with pairs.background():
        for step in range(3):
            # The first use of pinned memory, and of a kernel, waits for the GPU; later ones don't.
            log(tmp_path, step, photos(0), turned if step else prediction)
        torch.cuda.synchronize()
        for _ in range(100):
            busy = (busy @ busy).tanh()
        end = torch.cuda.Event()
        end.record()
        log(tmp_path, 3, photos(0), turned)
        waited = end.query()
        prediction.zero_()
    assert not waited
    first, *_, last = event_files.read(tmp_path)
    want = photos(1).transpose(0, 2, 3, 1)
    np.testing.assert_array_equal(first.samples[0].prediction.values, want[0])
    np.testing.assert_array_equal(last.samples[0].prediction.values, want[0].transpose(1, 0, 2))
