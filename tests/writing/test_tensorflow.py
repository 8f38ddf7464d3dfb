# SPDX-License-Identifier: Apache-2.0
"""`pairs.summary` with TensorFlow's default writer means what `tf.summary.image` means."""

import contextlib

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.writing import event_files

tf = pytest.importorskip("tensorflow")

TRUTH = np.random.default_rng(0).integers(0, 256, (3, 6, 5, 3), np.uint8)
PREDICTION = np.random.default_rng(1).integers(0, 256, (3, 6, 5, 3), np.uint8)


@pytest.fixture
def writer(tmp_path):
    """A writer that is the default one during the test."""
    made = tf.summary.create_file_writer(str(tmp_path))
    with made.as_default():
        yield made


def eager(*args, **options):
    return pairs.summary(*args, **options)


def in_function(name, ground_truth, prediction, **options):
    """Calls it in a `tf.function` that knows nothing of the shapes."""
    dtype = tf.convert_to_tensor(ground_truth).dtype

    @tf.function(input_signature=[tf.TensorSpec(None, dtype), tf.TensorSpec(None, dtype)])
    def run(truth, prediction):
        return pairs.summary(name, truth, prediction, **options)

    return run(ground_truth, prediction)


@pytest.fixture(params=[eager, in_function], ids=["eager", "function"])
def summary(request):
    """Calls `pairs.summary` eagerly, or in a graph."""
    return request.param


def read(writer, tmp_path):
    writer.flush()
    return event_files.read(tmp_path)


def one(writer, tmp_path):
    (record,) = read(writer, tmp_path)
    return record


def test_writes_all_in_one_event(summary, writer, tmp_path):
    assert summary("a", TRUTH, PREDICTION, step=7)
    writer.flush()
    assert len(event_files.events(tmp_path)) == 1
    record = one(writer, tmp_path)
    assert (record.tag, record.step, record.sequence) == ("a", 7, 1)
    for i, sample in enumerate(record.samples):
        np.testing.assert_array_equal(sample.ground_truth.values, TRUTH[i])
        np.testing.assert_array_equal(sample.prediction.values, PREDICTION[i])


def test_tag_is_under_the_name_scope(summary, writer, tmp_path):
    with tf.name_scope("outer"), tf.name_scope("inner"):
        if summary is eager:
            summary("a b", TRUTH, PREDICTION, step=1)
        else:
            # A function has its own scopes: those at its call don't count, for tf.summary neither.
            @tf.function
            def run():
                with tf.name_scope("outer"), tf.name_scope("inner"):
                    pairs.summary("a b", TRUTH, PREDICTION, step=1)

            run()
    assert one(writer, tmp_path).tag == "outer/inner/a b"


def test_tag_is_the_one_that_tf_summary_makes(writer, tmp_path):
    with tf.name_scope("s"):
        pairs.summary("name with §", TRUTH, PREDICTION, step=1)
        with tf.summary.experimental.summary_scope("name with §") as (tag, _):
            pass
    assert one(writer, tmp_path).tag == tag


def test_description(summary, writer, tmp_path):
    summary("a", TRUTH, PREDICTION, step=1, description="*Hi*")
    assert one(writer, tmp_path).description == "*Hi*"


def test_default_step(summary, writer, tmp_path):
    tf.summary.experimental.set_step(11)
    try:
        summary("a", TRUTH, PREDICTION)
    finally:
        tf.summary.experimental.set_step(None)
    assert one(writer, tmp_path).step == 11


def test_default_step_that_is_a_variable_is_read_at_each_call(writer, tmp_path):
    step = tf.Variable(3, dtype=tf.int64)
    tf.summary.experimental.set_step(step)

    @tf.function
    def run():
        return pairs.summary("a", TRUTH, PREDICTION)

    try:
        run()
        step.assign(5)
        run()
        pairs.summary("a", TRUTH, PREDICTION)
    finally:
        tf.summary.experimental.set_step(None)
    assert [record.step for record in read(writer, tmp_path)] == [3, 5, 5]


@pytest.mark.parametrize(
    "step", [tf.constant(4), tf.constant(4, tf.int32), np.int64(4), tf.Variable(4), 4.0]
)
def test_step_as_anything_that_is_one_integer(step, writer, tmp_path):
    pairs.summary("a", TRUTH, PREDICTION, step)
    assert one(writer, tmp_path).step == 4


def test_step_as_a_tensor_of_a_function(writer, tmp_path):
    @tf.function
    def run(step):
        return pairs.summary("a", TRUTH, PREDICTION, step)

    for step in (1, 2**40):
        run(tf.constant(step, tf.int64))
    assert [record.step for record in read(writer, tmp_path)] == [1, 2**40]


def test_no_step_is_an_error(summary, writer, tmp_path):
    with pytest.raises(ValueError, match="step is None and there is no default step"):
        summary("a", TRUTH, PREDICTION)
    assert not read(writer, tmp_path)


@pytest.mark.parametrize("call", [eager, in_function])
def test_without_a_writer_it_says_so_once_and_returns_false(call):
    with pytest.warns(RuntimeWarning, match="has no writer"):
        assert not call("a", TRUTH, PREDICTION, step=1)
    assert not call("a", TRUTH, PREDICTION, step=1)


def test_under_a_noop_writer_nothing_is_written():
    with (
        tf.summary.create_noop_writer().as_default(),
        pytest.warns(RuntimeWarning, match="has no writer"),
    ):
        assert not pairs.summary("a", TRUTH, PREDICTION, step=1)


@pytest.mark.parametrize("recording", [False, tf.constant(False), lambda: tf.constant(False)])
def test_nothing_is_written_or_looked_at_while_not_recording(recording, summary, writer, tmp_path):
    with tf.summary.record_if(recording):
        assert not summary("a", TRUTH, PREDICTION[:2], step=1)
    assert not read(writer, tmp_path)


def test_record_if_a_tensor_of_a_function(writer, tmp_path):
    @tf.function
    def run(step):
        with tf.summary.record_if(step % 2 == 0):
            return pairs.summary("a", TRUTH, PREDICTION, step)

    wrote = [bool(run(tf.constant(step, tf.int64))) for step in range(4)]
    assert wrote == [True, False, True, False]
    assert [record.step for record in read(writer, tmp_path)] == [0, 2]


def test_record_if_is_asked_once(writer):
    asked = []

    def recording():
        asked.append(1)
        return tf.constant(True)

    with tf.summary.record_if(recording):
        pairs.summary("a", TRUTH, PREDICTION, 1)
    assert len(asked) == 1


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (3, 3), (9, 3), (0, 0), (None, 3)])
@pytest.mark.parametrize("as_tensor", [False, True])
def test_max_outputs(limit, count, as_tensor, summary, writer, tmp_path):
    given = tf.constant(limit) if as_tensor and limit is not None else limit
    assert summary("a", TRUTH, PREDICTION, step=1, max_outputs=given)
    assert [sample.id for sample in one(writer, tmp_path).samples] == ["0", "1", "2"][:count]


def test_negative_max_outputs(summary, writer, tmp_path):
    error = ValueError if summary is eager else tf.errors.InvalidArgumentError
    with pytest.raises(error, match="max_outputs is -1, want an integer of at least 0"):
        summary("a", TRUTH, PREDICTION, step=1, max_outputs=-1)
    assert not read(writer, tmp_path)


def test_zero_pairs_are_a_record_without_samples(summary, writer, tmp_path):
    assert summary("a", TRUTH[:0], PREDICTION[:0], step=1)
    assert one(writer, tmp_path).samples == []


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float16", "float32", "float64", "bfloat16"])
def test_image_dtypes(dtype, summary, writer, tmp_path):
    truth = tf.image.convert_image_dtype(TRUTH, "float32")
    truth = tf.cast(TRUTH, dtype) if "uint" in dtype else tf.cast(truth, dtype)
    summary("a", truth, truth, step=1)
    (first, *_) = one(writer, tmp_path).samples
    wanted = tf.cast(truth[0], "float64").numpy()
    np.testing.assert_allclose(first.ground_truth.values, wanted, atol=0.5 / 255 + 1e-6)
    assert first.ground_truth.entry["dtype"] == dtype


@pytest.mark.parametrize("dtype", ["bool", "int8", "int16", "int32", "int64", "uint32", "uint64"])
def test_label_dtypes(dtype, summary, writer, tmp_path):
    truth = tf.cast(TRUTH[..., 0] % 2, dtype)
    summary("a", truth, truth, step=1)
    record = one(writer, tmp_path)
    assert record.kind["name"] == "mask"
    np.testing.assert_array_equal(
        record.samples[2].ground_truth.values[..., 0], TRUTH[2, ..., 0] % 2
    )


def test_wrong_rank(summary, writer, tmp_path):
    error = ValueError if summary is eager else tf.errors.InvalidArgumentError
    with pytest.raises(error, match=r"ground_truth has shape \(6, 5\), want \[k, h, w, c\]"):
        summary("a", TRUTH[0, ..., 0], PREDICTION, step=1)
    assert not read(writer, tmp_path)


def test_a_static_rank_is_wrong_when_the_function_is_traced(writer):
    @tf.function
    def run(x):
        return pairs.summary("a", x, x, 1)

    with pytest.raises(ValueError, match=r"ground_truth has shape \(6, 5\), want"):
        run.get_concrete_function(tf.TensorSpec([6, 5], tf.uint8))


def test_static_channels_are_wrong_when_the_function_is_traced(writer):
    @tf.function
    def run(x):
        return pairs.summary("a", x, x, 1)

    with pytest.raises(ValueError, match=r"shape \(\?, \?, \?, 16\), 16 channels"):
        run.get_concrete_function(tf.TensorSpec([None, None, None, 16], tf.float32))


def test_a_jit_compiled_function_names_the_way_out(writer):
    @tf.function(jit_compile=True)
    def run(x):
        return pairs.summary("a", x, x, 1)

    with pytest.raises(ValueError, match=r"jit-compile the model, and call pairs\.summary outside"):
        run(TRUTH)


def test_a_function_traced_before_it_is_compiled_names_the_way_out(writer):
    @tf.function
    def inner(x):
        pairs.summary("a", x, x, 1)
        return x

    inner(TRUTH)

    @tf.function(jit_compile=True)
    def outer(x):
        return inner(x)

    with pytest.raises(
        tf.errors.InvalidArgumentError, match="jit_compile_the_model_and_write_outside_of_it"
    ):
        outer(TRUTH)


def test_everything_else_in_a_function(writer, tmp_path):
    @tf.function
    def run(truth, scores, photo, ids, captions, dice, weather, bright):
        return pairs.summary(
            "a",
            truth,
            scores,
            1,
            image=photo,
            kind=pairs.Mask(classes=["road", "car"], ignore=255),
            ids=ids,
            captions=captions,
            metrics={"dice": dice},
            attributes={"weather": weather, "bright": bright, "split": ["val"] * 3},
            select=pairs.worst(2, by="dice"),
        )

    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, (3, 6, 5))
    scores = rng.random((3, 6, 5, 2), np.float32)
    assert run(
        tf.constant(truth),
        tf.constant(scores),
        TRUTH,
        tf.constant(["x", "y", "ß"]),
        tf.constant(["one", "two", "three"]),
        tf.constant([0.3, 0.9, 0.1]),
        tf.constant(["rain", "sun", "Föhn"]),
        tf.constant([True, False, False]),
    )
    worst, second = one(writer, tmp_path).samples
    assert (worst.id, worst.entry["caption"], second.id) == ("ß", "three", "x")
    np.testing.assert_array_equal(worst.prediction.values[..., 0], scores[2].argmax(-1))
    np.testing.assert_array_equal(worst.image.values, TRUTH[2])
    assert worst.metrics["dice"] == pytest.approx(0.1)
    known = {"weather": "Föhn", "bright": False, "split": "val"}
    assert worst.entry["attributes"] == known


def test_a_list_of_unequal_sizes_in_a_function(writer, tmp_path):
    @tf.function
    def run(first, second):
        return pairs.summary("a", [first, second], [first, second], 1)

    run(TRUTH[0], TRUTH[1, :2, :3])
    assert [one_.ground_truth.values.shape for one_ in one(writer, tmp_path).samples] == [
        (6, 5, 3),
        (2, 3, 3),
    ]


@pytest.mark.parametrize("call", [eager, in_function])
def test_ragged_tensors(call, writer, tmp_path):
    pictures = [TRUTH[0], TRUTH[1, :2, :3]]
    ragged = tf.ragged.stack([tf.RaggedTensor.from_tensor(one_) for one_ in pictures])
    if call is eager:
        pairs.summary("a", ragged, ragged, 1)
    else:

        @tf.function
        def run(x):
            return pairs.summary("a", x, x, 1)

        run(ragged)
    record = one(writer, tmp_path)
    for sample, picture in zip(record.samples, pictures, strict=True):
        np.testing.assert_array_equal(sample.ground_truth.values, picture)


def test_a_ragged_tensor_of_grey_pictures(writer, tmp_path):
    ragged = tf.ragged.constant([[[1, 2], [3, 4]], [[5, 6, 7]]], dtype=tf.int32)
    pairs.summary("a", ragged, ragged, 1)
    shapes = [sample.ground_truth.values.shape for sample in one(writer, tmp_path).samples]
    assert shapes == [(2, 2, 1), (1, 3, 1)]


def test_autograph_leaves_it_alone(writer):
    @tf.function
    def run(x):
        return pairs.summary("a", x, x, 1)

    graph = run.get_concrete_function(TRUTH).graph.as_graph_def().SerializeToString()
    assert b"pairs_summary" in graph


def test_a_writer_that_is_not_the_default_one(writer, tmp_path):
    other = tf.summary.create_file_writer(str(tmp_path / "other"))
    assert pairs.summary("a", TRUTH, PREDICTION, 1, writer=other)

    @tf.function
    def run(x):
        return pairs.summary("a", x, x, 2, writer=other)

    assert run(TRUTH)
    other.close()
    writer.flush()
    assert [record.step for record in event_files.read(tmp_path / "other")] == [1, 2]
    assert len(event_files.read(tmp_path)) == 2


class Wrapped(tf.summary.SummaryWriter):
    """A writer whose resource only TensorFlow itself can find."""

    def __init__(self, writer):
        self.as_default, self.flush, self.close = writer.as_default, writer.flush, writer.close
        self.set_as_default, self.init = writer.set_as_default, writer.init


def test_a_writer_without_a_resource_is_written_by_way_of_tensorflow(tmp_path):
    made = Wrapped(tf.summary.create_file_writer(str(tmp_path)))
    for step in range(2):
        assert pairs.summary("a", TRUTH, PREDICTION, step, writer=made)
    assert [record.step for record in event_files.read(tmp_path)] == [0, 1]


def test_each_record_is_on_disk_when_the_call_returns(tmp_path):
    other = tf.summary.create_file_writer(str(tmp_path))
    for step in range(4):
        assert pairs.summary("a", TRUTH, PREDICTION, step, writer=other)
        assert len(event_files.read(tmp_path)) == step + 1


def test_a_writer_writes_under_any_device(tmp_path):
    other = tf.summary.create_file_writer(str(tmp_path))
    with tf.device("/GPU:0"), tf.name_scope("s"):
        assert pairs.summary("a", TRUTH, PREDICTION, 0, writer=other)
    assert [record.tag for record in event_files.read(tmp_path, "s/a")] == ["s/a"]


@pytest.mark.parametrize("is_default", [False, True])
def test_a_writer_closed_amid_a_training_is_a_warning_and_false(tmp_path, is_default):
    made = tf.summary.create_file_writer(str(tmp_path))
    with contextlib.ExitStack() as stack:
        if is_default:
            stack.enter_context(made.as_default())
        assert pairs.summary("a", TRUTH, PREDICTION, 0, writer=made)
        made.close()
        with pytest.warns(RuntimeWarning, match="could not write 'a' .*already closed"):
            assert not pairs.summary("a", TRUTH, PREDICTION, 1, writer=made)
    assert [record.step for record in event_files.read(tmp_path)] == [0]


def test_a_log_directory_in_a_function(tmp_path):
    @tf.function
    def run(x, step):
        return pairs.summary("a", x, x, step, writer=str(tmp_path))

    assert run(TRUTH, tf.constant(3))
    assert [record.step for record in event_files.read(tmp_path)] == [3]


def test_a_closed_writer_is_a_warning_and_false(tmp_path):
    closed = tf.summary.create_file_writer(str(tmp_path))
    closed.close()
    with pytest.warns(RuntimeWarning, match="could not write 'a' and goes on without"):
        assert not pairs.summary("a", TRUTH, PREDICTION, 1, writer=closed)
    assert not pairs.summary("a", TRUTH, PREDICTION, 1, writer=closed)


def test_a_closed_file_writer_of_tensorflow_1_is_a_warning_and_false(tmp_path):
    with tf.Graph().as_default():
        writer = tf.compat.v1.summary.FileWriter(str(tmp_path))
    writer.close()
    with pytest.warns(RuntimeWarning, match="could not write 'a'.*the FileWriter is closed"):
        assert pairs.summary("a", TRUTH, PREDICTION, 1, writer=writer) is False
    writer.reopen()
    assert pairs.summary("a", TRUTH, PREDICTION, 2, writer=writer) is True
    writer.close()
    assert [record.step for record in event_files.read(tmp_path)] == [2]


def test_where_the_default_writer_cannot_be_named_every_record_holds_all(
    writer, tmp_path, monkeypatch
):
    from tb_pairs_plugin.writing.writers import tensorflow_writer

    monkeypatch.setattr(tensorflow_writer, "_state", lambda: None)
    for step in range(3):
        assert pairs.summary("a", TRUTH, PREDICTION, step)
    records = read(writer, tmp_path)
    assert len(records) == 3
    assert not any(sample.ground_truth.is_reference for r in records for sample in r.samples)


@pytest.mark.parametrize("behind", [contextlib.nullcontext, pairs.background])
def test_a_graph_of_tensorflow_1(tmp_path, behind):
    with behind(), tf.Graph().as_default():
        writer = tf.summary.create_file_writer(str(tmp_path))
        step = tf.compat.v1.placeholder(tf.int64, [])
        truth = tf.compat.v1.placeholder(tf.uint8, [None, None, None, 3])
        with writer.as_default():
            op = pairs.summary("a", truth, truth, step)
        with tf.compat.v1.Session() as session:
            session.run(writer.init())
            for number in range(3):
                assert session.run(op, {truth: TRUTH, step: number})
            session.run(writer.close())
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == [0, 1, 2]
    np.testing.assert_array_equal(records[2].samples[1].ground_truth.values, TRUTH[1])


def test_a_file_writer_of_tensorflow_1(tmp_path):
    with tf.Graph().as_default():
        writer = tf.compat.v1.summary.FileWriter(str(tmp_path))
    for step in range(2):
        assert pairs.summary("a", TRUTH, PREDICTION, step, writer=writer)
    writer.close()
    # It drops the metadata of later values, as TensorBoard expects of it.
    (first, second) = event_files.events(tmp_path)
    assert first.summary.value[0].metadata.plugin_data.plugin_name == "pairs"
    assert second.summary.value[0].tag == "a"
