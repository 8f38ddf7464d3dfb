# SPDX-License-Identifier: Apache-2.0
"""What `PairsCallback` writes of which data, and what it refuses."""

import pickle
import shutil

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import processes
from tests.writing import event_files
from tests.writing.test_evaluation import NobodyElse

tf = pytest.importorskip("tensorflow")
keras = pytest.importorskip("keras")

from tb_pairs_plugin.keras import PairsCallback  # noqa: E402

GREY = np.random.default_rng(0).integers(0, 256, (20, 6, 5, 1), np.uint8)
X = (GREY / 255).astype(np.float32)
Y = np.roll(X, 1, axis=0)


def identity(outputs=lambda x: x, loss="mae"):
    inputs = keras.Input((6, 5, 1))
    layer = keras.layers.Conv2D(1, 1, kernel_initializer="ones")
    model = keras.Model(inputs, outputs(layer(inputs)))
    model.compile(keras.optimizers.SGD(0.0), loss)
    return model


def fit(*callbacks, epochs=1, y=Y, model=None):
    (model or identity()).fit(X, y, epochs=epochs, verbose=0, callbacks=list(callbacks))


def stored_ids(record):
    return [sample.id for sample in record.samples]


def check(record, indices):
    """Checks that a record holds the samples at `indices` as the identity predicts them."""
    assert stored_ids(record) == [str(index) for index in indices]
    for index, sample in zip(indices, record.samples, strict=True):
        np.testing.assert_array_equal(np.rint(sample.ground_truth.values * 255), GREY[index - 1])
        np.testing.assert_array_equal(np.rint(sample.prediction.values * 255), GREY[index])


def test_values_that_go_wrong_while_it_trains_are_one_warning(tmp_path):
    """What is wrong in the first batch is found before the first epoch; later nothing ends it."""
    epochs = []

    def truth(y):
        return y + len(epochs) if len(epochs) in (1, 2) else y

    count = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, _: epochs.append(epoch))
    pictures = PairsCallback((X, Y), tmp_path, ground_truth=truth)
    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'validation'") as said:
        fit(pictures, count, epochs=4)
    assert len(said) == 1
    assert [record.step for record in event_files.read(tmp_path)] == [0, 3]
    with pytest.raises(ValueError, match="want floats in"):
        fit(PairsCallback((X, Y), tmp_path / "b", ground_truth=lambda y: y + 1))


def test_a_second_training_after_the_logs_were_cleared_is_whole(tmp_path):
    logs = tmp_path / "logs"
    for callback in (PairsCallback((X, Y), logs / "run"), PairsCallback((X, Y), logs / "run")):
        fit(callback, epochs=2)
        records = event_files.read(logs, "validation")
        assert [record.step for record in records] == [0, 1]
        for record in records:
            check(record, range(8))
        shutil.rmtree(logs)
    # The same callback once more.
    fit(callback)
    check(*event_files.read(logs, "validation"), range(8))


def test_a_second_training_by_the_same_callback_is_written_too(tmp_path):
    pictures = PairsCallback((X, Y), tmp_path)
    for _ in range(2):
        fit(pictures)
    assert [record.step for record in event_files.read(tmp_path)] == [0, 0]


def test_it_can_be_pickled(tmp_path):
    fit(pickle.loads(pickle.dumps(PairsCallback((X, Y), tmp_path))))
    check(*event_files.read(tmp_path), range(8))


def test_a_callback_of_one_process_only_waits_for_no_other(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "_distributed", NobodyElse)
    fit(PairsCallback((X, Y), tmp_path))
    check(*event_files.read(tmp_path), range(8))


def test_what_normalizes_resizes_and_encodes_is_undone(tmp_path):
    """Labels one-hot, scores of half the size, and an image around 0."""
    ids = np.kron(np.arange(20)[:, None, None] % 3, np.ones((1, 6, 4), int))
    scores = np.eye(3, dtype=np.float32)[ids[:, ::2, ::2]]
    fit(
        PairsCallback(
            (X * 2 - 1, np.eye(3, dtype=np.float32)[ids]),
            tmp_path,
            select=[4, 11],
            image=True,
            postprocess=lambda made: scores[[4, 11]],
            kind=pairs.Mask(),
            resize="bilinear",
            denormalize=(0.5, 0.5),
            one_hot=True,
        )
    )
    (record,) = event_files.read(tmp_path)
    for index, sample in zip([4, 11], record.samples, strict=True):
        for part in (sample.ground_truth, sample.prediction):
            np.testing.assert_array_equal(part.values[..., 0], ids[index])
        np.testing.assert_array_equal(np.rint(sample.image.values * 255), GREY[index])
        assert sample.metrics["iou"] == 1


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 4

    def __getitem__(self, number):
        part = slice(6 * number, 6 * number + 6)
        return X[part], Y[part], np.ones(len(X[part]))


class Endless(keras.utils.PyDataset):
    num_batches = None

    def __getitem__(self, number):
        return X[:6], Y[:6]


def tf_data():
    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(6)


DATA = {
    "arrays": lambda: (X, Y),
    "arrays and weights": lambda: (X, Y, np.ones(20)),
    "tensors": lambda: (tf.constant(X), tf.constant(Y)),
    "tf.data": tf_data,
    "PyDataset": Batches,
}


@pytest.mark.parametrize("data", DATA)
def test_indices_are_those_of_the_data_set(data, tmp_path):
    fit(PairsCallback(DATA[data](), tmp_path, select=[17, 3, 19]))
    (record,) = event_files.read(tmp_path, "validation")
    check(record, [17, 3, 19])


@pytest.mark.parametrize("data", DATA)
def test_all_data_is_searched_for_the_worst(data, tmp_path):
    loss = np.abs(X - Y).mean((1, 2, 3))
    fit(PairsCallback(DATA[data](), tmp_path, select=pairs.worst(3)))
    (record,) = event_files.read(tmp_path)
    check(record, list(np.argsort(-loss)[:3]))


def test_a_predicate_is_asked_of_all_data(tmp_path):
    fit(PairsCallback((X, Y), tmp_path, select=lambda pair: int(pair.id) % 7 == 6))
    check(*event_files.read(tmp_path), [6, 13])


def test_without_a_select_it_is_the_first_eight(tmp_path):
    fit(PairsCallback((X, Y), tmp_path), PairsCallback((X[:5], Y[:5]), tmp_path, name="few"))
    check(*event_files.read(tmp_path, "validation"), list(range(8)))
    assert stored_ids(*event_files.read(tmp_path, "few")) == list("01234")


def test_a_subset_stays_the_same_though_the_data_is_shuffled(tmp_path):
    data = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(20).batch(6)
    fit(PairsCallback(data, tmp_path, select=[0, 9]), epochs=3)
    truths = [
        [sample.ground_truth.entry["digest"] for sample in record.samples]
        for record in event_files.read(tmp_path)
    ]
    assert len(truths) == 3
    assert truths[0] == truths[1] == truths[2]


def test_an_endless_data_set_has_chosen_samples(tmp_path):
    fit(PairsCallback(Endless(), tmp_path, select=[8]))
    (record,) = event_files.read(tmp_path)
    np.testing.assert_array_equal(np.rint(record.samples[0].prediction.values * 255), GREY[8 % 6])


@pytest.mark.parametrize(
    "data", [Endless, lambda: tf_data().repeat()], ids=["PyDataset", "tf.data"]
)
def test_an_endless_data_set_has_no_worst(data, tmp_path):
    with pytest.raises(ValueError, match="never ends"):
        fit(PairsCallback(data(), tmp_path, select=pairs.worst(1)))


@pytest.mark.parametrize(
    ("every", "epochs", "steps"), [(1, 3, [0, 1, 2]), (2, 4, [0, 2, 3]), (5, 2, [0, 1])]
)
def test_it_writes_at_every_so_many_epochs_and_at_the_last(every, epochs, steps, tmp_path):
    fit(PairsCallback((X, Y), tmp_path, every=every), epochs=epochs)
    assert [record.step for record in event_files.read(tmp_path)] == steps


def test_it_writes_at_the_epoch_at_which_training_is_stopped(tmp_path):
    stop = keras.callbacks.EarlyStopping("loss", patience=0)
    fit(stop, PairsCallback((X, Y), tmp_path, every=100), epochs=50)
    steps = [record.step for record in event_files.read(tmp_path)]
    assert steps == [0, stop.stopped_epoch]


def test_it_writes_the_epoch_at_which_a_later_callback_stops_training(tmp_path):
    stop = keras.callbacks.EarlyStopping("loss", patience=0)
    pictures = PairsCallback((X, Y), tmp_path, every=100)
    fit(pictures, stop, epochs=50)
    fit(pictures, epochs=1)
    steps = [record.step for record in event_files.read(tmp_path)]
    assert steps == [0, stop.stopped_epoch, 0]
    assert stop.stopped_epoch


def test_samples_are_chosen_by_their_ids(tmp_path):
    names = [f"photo{i}" for i in range(20)]
    known = {"number": range(20)}
    chosen = {"select": ["photo4", 2], "ids": names, "captions": names[::-1]}
    fit(PairsCallback((X, Y), tmp_path, attributes=known, **chosen))
    (record,) = event_files.read(tmp_path)
    assert stored_ids(record) == ["photo4", "photo2"]
    assert [sample.entry["caption"] for sample in record.samples] == ["photo15", "photo17"]
    assert [sample.entry["attributes"]["number"] for sample in record.samples] == [4, 2]


@pytest.mark.parametrize("form", [np.int64, str])
def test_an_integer_in_select_is_an_id_before_it_is_an_index(form, tmp_path):
    numbers = [1, 0, *range(100, 118)]
    fit(PairsCallback((X, Y), tmp_path, select=[0, 5], ids=list(map(form, numbers)), image=True))
    (record,) = event_files.read(tmp_path)
    assert stored_ids(record) == ["0", "103"]
    images = [np.rint(sample.image.values * 255) for sample in record.samples]
    np.testing.assert_array_equal(images, GREY[[1, 5]])


def test_pictures_are_made_of_structures(tmp_path):
    def outputs(x):
        return {"restored": x, "other": keras.layers.Flatten()(x)}

    class Structured(keras.utils.PyDataset):
        def __len__(self):
            return 2

        def __getitem__(self, number):
            part = slice(10 * number, 10 * number + 10)
            return X[part], {"clean": Y[part], "other": np.zeros((10, 30), np.float32)}

    model = identity(outputs, {"restored": "mae", "other": "mae"})
    callback = PairsCallback(
        Structured(),
        tmp_path,
        select=[4, 12],
        postprocess=lambda out: out["restored"],
        ground_truth=lambda y: y["clean"],
        image=lambda x: 1 - x,
    )
    fit(callback, model=model, y={"restored": Y, "other": np.zeros((20, 30), np.float32)})
    (record,) = event_files.read(tmp_path)
    check(record, [4, 12])
    np.testing.assert_array_equal(
        np.rint(record.samples[1].image.values * 255), 255 - GREY[12].astype(int)
    )


def test_metrics_are_functions_of_a_batch(tmp_path):
    def brightest(truth, prediction):
        return prediction.max(axis=(1, 2, 3))

    fit(PairsCallback((X, Y), tmp_path, select=[5], metrics={"brightest": brightest}))
    fit(PairsCallback((X, Y), tmp_path, name="bare", select=[5], metrics=False))
    ((sample,),) = (record.samples for record in event_files.read(tmp_path, "validation"))
    assert sample.metrics["brightest"] == pytest.approx(X[5].max())
    assert {"mae", "psnr"} < set(sample.metrics)
    ((bare,),) = (record.samples for record in event_files.read(tmp_path, "bare"))
    assert bare.metrics == {}


def test_options_reach_the_record(tmp_path):
    kind = pairs.Heatmap(range=(0, 1), unit="m")
    fit(PairsCallback((X, Y), tmp_path, name="depth", kind=kind, description="of *rooms*"))
    (record,) = event_files.read(tmp_path, "depth")
    assert (record.kind["unit"], record.description) == ("m", "of *rooms*")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": [20]}, "select has the index 20, but data has 20 samples"),
        ({"select": [-1]}, "select has -1, want an index of at least 0"),
        ({"select": ["a"]}, "select has 'a', want an index"),
        ({"select": [1, 1]}, "twice"),
        ({"select": "12"}, "select is '12', want dataset indices"),
        ({"select": pairs.every(2)}, "want every=n"),
        ({"every": 0}, "every is 0, want an integer of at least 1"),
        ({"batch_size": 1.5}, "batch_size is 1.5, want"),
        ({"postprocess": 3}, "postprocess is 3, want a function"),
        ({"metrics": {"a": 1}}, "want functions of ground truth and prediction"),
        ({"ids": ["a"]}, "has 1 elements, want one per sample"),
        ({"ground_truth": lambda y: y[:, :, :, 0, None, None]}, "ground_truth has shape"),
        ({"name": ""}, "tag"),
        ({"kind": "mask"}, "kind"),
    ],
)
def test_a_mistake_is_told_before_an_epoch_is_spent(options, message, tmp_path):
    class Spent(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            raise AssertionError("an epoch was begun")

    with pytest.raises(ValueError, match=message):
        fit(PairsCallback((X, Y), tmp_path, **options), Spent())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (X, "data is a ndarray, want"),
        ((X,), "data has 1 parts, want x and y"),
        ((X, Y[:3]), r"arrays of \[3, 20\] samples"),
        (((X, Y) for _ in range(3)), "can be read only once"),
    ],
    ids=["array", "x", "lengths", "generator"],
)
def test_other_data_is_refused(data, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        PairsCallback(data, tmp_path)


def test_a_function_that_fails_later_ends_no_training(tmp_path):
    calls = []

    def postprocess(outputs):
        calls.append(outputs)
        if len(calls) == 3:
            raise ZeroDivisionError("once")
        return outputs

    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'validation'.*once"):
        fit(PairsCallback((X, Y), tmp_path, postprocess=postprocess), epochs=3)
    assert [record.step for record in event_files.read(tmp_path)] == [0, 2]


class Failing(Batches):
    """Batches of which the third is missing when `is_missing` is true."""

    is_missing = False

    def __getitem__(self, number):
        if self.is_missing and number == 2:
            raise OSError("no such file")
        return super().__getitem__(number)


def test_data_that_fails_later_ends_no_training_of_many_fits(tmp_path):
    data = Failing()
    pictures = PairsCallback(data, tmp_path, select=pairs.worst(20))
    fit(pictures)
    data.is_missing = True
    with pytest.warns(pairs.NotWrittenWarning, match="without the rest of the data of 'valid"):
        fit(pictures)
    whole, rest = event_files.read(tmp_path)
    assert len(whole.samples) == 20
    assert sorted(map(int, stored_ids(rest))) == list(range(12))


def test_what_is_wrong_in_a_later_fit_is_a_warning(tmp_path):
    scale = [1]
    pictures = PairsCallback((X, Y), tmp_path, ground_truth=lambda y: y * scale[0])
    fit(pictures)
    scale[0] = 300
    with pytest.warns(pairs.NotWrittenWarning, match=r"goes on without .*want floats in"):
        fit(pictures)
    scale[0] = 1
    fit(pictures)
    assert [record.step for record in event_files.read(tmp_path)] == [0, 0]


def test_a_loop_of_the_programs_own_has_no_parameters(tmp_path):
    pictures = PairsCallback((X, Y), tmp_path)
    pictures.set_model(identity())
    pictures.on_train_begin()
    pictures.on_epoch_end(3)
    assert [record.step for record in event_files.read(tmp_path)] == [3]
