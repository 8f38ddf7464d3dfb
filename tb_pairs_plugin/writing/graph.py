# SPDX-License-Identifier: Apache-2.0
"""The same work inside a TensorFlow graph: a host call with the tensors' values.

Nothing here imports TensorFlow: where it is not imported, there is no graph.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tb_pairs_plugin.writing import kinds, pairs
from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.arrays.rasters import Content
from tb_pairs_plugin.writing.call import Call
from tb_pairs_plugin.writing.run import run_call
from tb_pairs_plugin.writing.warn import Place, find_caller, on_behalf_of
from tb_pairs_plugin.writing.writers import tensorflow_writer
from tb_pairs_plugin.writing.writers.in_memory_writer import InMemoryWriter
from tb_pairs_plugin.writing.writers.tensorflow_writer import TensorFlowWriter
from tb_pairs_plugin.writing.writers.writer import Writer

Rebuild = Callable[[Sequence[Any]], Any]

_OWN_FILES = os.path.dirname(os.path.dirname(__file__)) + os.sep
# XLA quotes the name of the operation that it can't compile.
_NODE_NAME = "pairs_summary__jit_compile_the_model_and_write_outside_of_it"


def is_tracing(arguments: Mapping[str, Any] | None = None, writer: Writer | None = None) -> bool:
    """Says whether operations are being added to a graph, rather than run.

    A program of TensorFlow 1 is always in a graph; but what a session returned is no part of it,
    and can be written at once, unless the writer itself is of the graph.

    Args:
      arguments: What is to be written; None if unknown.
      writer: Where to; None if unknown.
    """
    tf = tensorflow_writer.module()
    if tf is None or tf.executing_eagerly():
        return False
    if tf.inside_function() or arguments is None or isinstance(writer, TensorFlowWriter):
        return True
    return bool(_flatten(tf, arguments)[0])


def add_scope(name: str) -> str:
    """Returns `name` under the active name scope of TensorFlow, if there is one."""
    tf = tensorflow_writer.module()
    scope = tf.get_current_name_scope() if tf is not None else ""
    return f"{scope}/{name}" if scope else name


def get_default_step() -> Any:
    """Returns TensorFlow's default step, or None."""
    tf = tensorflow_writer.module()
    return None if tf is None else tf.summary.experimental.get_step()


def make_false() -> Any:
    """Returns a tensor that says False."""
    tf = tensorflow_writer.module()
    assert tf is not None
    return tf.constant(False)


def write(call: Call) -> Any:
    """Adds the work of a call to the graph; returns a boolean tensor that says if it wrote.

    Raises:
      ValueError: If an argument is wrong whatever the tensors hold, or the graph is for XLA.
    """
    tf = tensorflow_writer.module()
    assert tf is not None
    _check_statically(tf, call)

    in_session = not tf.inside_function()

    def record() -> Any:
        tensors, rebuild = _flatten(tf, call.tensors)
        if in_session:
            return _write_in_session(tf, call, tensors, rebuild)

        def body(*values: Any) -> Any:
            with on_behalf_of(place):
                return np.bool_(run_call(replace(call, **rebuild(values))))

        written = tf.numpy_function(body, tensors, tf.bool, name=_NODE_NAME)
        place = _place_of(tf, written)
        return tf.ensure_shape(written, [])

    if not isinstance(call.writer, TensorFlowWriter):
        return record()
    recording = call.writer.recording()
    static = tf.get_static_value(recording)
    if static is not None:
        return record() if static else tf.constant(False)
    return tf.cond(recording, record, lambda: tf.constant(False))


def _write_in_session(tf: Any, call: Call, tensors: list[Any], rebuild: Rebuild) -> Any:
    """Writes from a graph of TensorFlow 1, whose writer lives in the session."""
    if not isinstance(call.writer, TensorFlowWriter):
        raise ValueError(
            "inside a tf.Graph only TensorFlow's writers work; "
            "see tb_pairs_plugin.session_hook for sessions"
        )

    file = call.writer.file

    def body(*values: Any) -> bytes:
        memory = InMemoryWriter(file)
        with on_behalf_of(place):
            run_call(replace(call, writer=memory, **rebuild(values)), now=True)
        return bytes(memory.summary.SerializeToString())

    proto = tf.numpy_function(body, tensors, tf.string, name=_NODE_NAME)
    place = _place_of(tf, proto)
    with tf.summary.record_if(True):
        return tf.summary.experimental.write_raw_pb(proto, call.step)


def _place_of(tf: Any, tensor: Any) -> Place:
    """Returns the line that made a tensor of a graph; no such line calls when the graph runs."""
    theirs = os.path.dirname(str(tf.__file__)) + os.sep
    # TensorFlow's own record of it, as what AutoGraph generates is no file of the caller's.
    for made in reversed(getattr(getattr(tensor, "op", None), "traceback", None) or ()):
        if not made.filename.startswith((_OWN_FILES, theirs)):
            return Place(made.filename, made.lineno)
    return find_caller()


def _check_statically(tf: Any, call: Call) -> None:
    if _is_for_xla(tf):
        raise ValueError(
            "pairs.summary is called in a function with jit_compile=True, which can't write; "
            "jit-compile the model, and call pairs.summary outside of it"
        )
    if call.step is None:
        raise ValueError("step is None and there is no default step, want an integer")
    kind = kinds.check(call.kind, call.preparation.one_hot)
    if kind is None:
        kind = kinds.infer(pairs.list_dtypes(call.ground_truth))
    contents: dict[str, Content] = {
        "ground_truth": pairs.truth_content(kind, call.preparation),
        "prediction": kind.prediction_content,
        "image": rasters.COLOR,
    }
    rasters.check_data_format(call.data_format)
    for name, content in contents.items():
        value = getattr(call, name)
        if not tf.is_tensor(value) or conversion.is_ragged(value) or value.shape.rank is None:
            continue
        rasters.check_batch_shape(
            value.shape.as_list(),
            name,
            content,
            call.data_format,
            rasters.count_pictures(
                call.prediction if name == "ground_truth" else call.ground_truth
            ),
        )


def _is_for_xla(tf: Any) -> bool:
    try:
        from tensorflow.python.ops import control_flow_util
    except ImportError:
        return False
    graph = tf.compat.v1.get_default_graph()
    return bool(control_flow_util.GraphOrParentsInXlaContext(graph))


def _flatten(tf: Any, arguments: Mapping[str, Any]) -> tuple[list[Any], Rebuild]:
    """Returns the tensors in `arguments`, and what puts their values in their places."""
    tensors: list[Any] = []

    def take(value: Any) -> Rebuild:
        if conversion.is_ragged(value):
            inner = [take(value.flat_values), *(take(one) for one in value.nested_row_splits)]
            return lambda values: conversion.ragged_to_pictures(
                inner[0](values), [one(values) for one in inner[1:]], "a ragged tensor"
            )
        if isinstance(value, tf.Variable) or tf.is_tensor(value):
            tensors.append(tf.convert_to_tensor(value))
            index = len(tensors) - 1
            return lambda values: values[index]
        if isinstance(value, Mapping):
            named = {key: take(one) for key, one in value.items()}
            return lambda values: {key: one(values) for key, one in named.items()}
        if isinstance(value, (list, tuple)):
            listed = [take(one) for one in value]
            return lambda values: [one(values) for one in listed]
        return lambda values: value

    # `take` fills `tensors`.
    rebuild = take(arguments)
    return tensors, rebuild
