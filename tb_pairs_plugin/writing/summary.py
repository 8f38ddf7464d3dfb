# SPDX-License-Identifier: Apache-2.0
"""The public verb: `summary`, and `summary_pb`, which writes nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tb_pairs_plugin.writing import graph, hints, preparing, reentry
from tb_pairs_plugin.writing.arrays.rasters import DataFormat
from tb_pairs_plugin.writing.call import Call
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.options import check_name
from tb_pairs_plugin.writing.preparing import Denormalize, Resize
from tb_pairs_plugin.writing.run import run_call, write_now
from tb_pairs_plugin.writing.selection import Select
from tb_pairs_plugin.writing.writers import resolving
from tb_pairs_plugin.writing.writers.in_memory_writer import InMemoryWriter

if TYPE_CHECKING:
    from tensorboard.compat.proto import summary_pb2


def summary(
    name: str,
    ground_truth: Any,
    prediction: Any,
    step: Any = None,
    max_outputs: Any = None,
    description: str | None = None,
    *,
    image: Any = None,
    kind: Kind | None = None,
    ids: Sequence[Any] | Any = None,
    captions: Sequence[str] | Any = None,
    metrics: Mapping[str, Any] | bool | None = None,
    attributes: Mapping[str, Any] | None = None,
    select: Select = None,
    writer: Any = None,
    data_format: DataFormat = "channels_last",
    resize: Resize = None,
    denormalize: Denormalize = None,
    one_hot: bool = False,
) -> Any:
    """Writes k pairs of ground truth and prediction; they appear in TensorBoard's Pairs dashboard.

    With TensorFlow it behaves as `tf.summary.image` does, eagerly and inside a `tf.function`:

        with tf.summary.create_file_writer("logs/run").as_default():
            pairs.summary("val/masks", masks, model(photos), step=step, image=photos)

    Elsewhere it is told where to write:

        pairs.summary("val/depth", depth, predicted, step, kind=pairs.Heatmap(), writer=writer)

    Args:
      name: The tag is this, prefixed by the active TensorFlow name scope. It can't be empty, begin
        with `__pairs__/`, or hold a double quote, backslash or control character.
      ground_truth: `[k, h, w, c]`, `[k, h, w]`, or a sequence of k arrays `[h, w, c]` or `[h, w]`
        of any sizes; c is 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA). Arrays of NumPy,
        TensorFlow (also ragged), torch, JAX or Pillow.
      prediction: The same k; each pair may differ in size. Against a mask, floats `[k, h, w,
        classes]` are scores, and the class of the highest is stored.
      step: Integer, or a tensor or variable of one. Default: `tf.summary.experimental.get_step()`.
      max_outputs: The most pairs to write, the first of those selected; None for all.
      description: Markdown, shown with the tag; that of a tag's first record counts.
      image: k pictures that the model saw, the third pane and the base of overlays. Floats in
        [0, 1].
      kind: `pairs.Image()`, `pairs.Mask()`, `pairs.Heatmap()` or `pairs.Flow()`: what values mean,
        in which range, and how they are stored. None infers it from the dtype of the ground truth:
        booleans and integers are class ids, uint8, uint16 and floats are images; never a heatmap
        or a flow.
      ids: k texts or integers that name the samples over steps and runs. Default: the position.
      captions: k texts.
      metrics: `{name: k numbers}`, beside the kind's own (mask: `iou`, `accuracy`; image: `mae`,
        `psnr`; heatmap: `mae`, `rmse`; flow: `epe`, `ae`), which they replace where names are the
        same. False: none.
      attributes: `{name: k texts, bools or numbers}`: what is known of the samples, such as
        `{"weather": ["rain", ...]}`, to filter by; None is unknown.
      select: Which pairs to write: a collection of ids (without `ids`: of positions), a predicate
        of a pair's `.id`, `.caption`, `.metrics` and `.attributes`, `pairs.worst(n, by=...)`,
        `pairs.best(n, by=...)`, or `pairs.every(n_steps)`.
      writer: None for TensorFlow's default writer; a log directory; a `SummaryWriter` of
        TensorFlow, torch or tensorboardX; an experiment of Lightning; a tracker of accelerate;
        TensorBoard's `EventFileWriter`.
      data_format: `"channels_last"`, or `"channels_first"` for `[k, c, h, w]` and `[c, h, w]`.
      resize: `"bilinear"` brings a prediction of floats to the size of its ground truth: of scores
        before the highest is taken.
      denormalize: `(mean, std)`, each a number or one per channel: `image` was normalized by
        `(x - mean) / std`, which is undone.
      one_hot: Whether the ground truth of a mask holds one channel per class, of which the highest
        is taken; then integers of the prediction may be one-hot too.

    Returns:
      True if a record was written (inside a `tf.function`: a tensor that says so). False, and no
      picture is looked at, without a writer or while `tf.summary.record_if` says no; False too
      where `select` leaves nothing, and where writing fails: that is a warning, once, and never
      ends a training.

    Raises:
      ValueError: If an argument is not as described, or there is no step. Nothing is written then.
        What only values decide, such as a scale, is an error until a call of this tag was accepted,
        and a warning, once, after that.
    """
    resolved = resolving.resolve(writer)
    if resolved is None:
        hints.say_no_writer(writer)
        return graph.make_false() if graph.is_tracing() else False
    call = Call(
        tag=check_name(graph.add_scope(name) if isinstance(name, str) else name),
        writer=resolved,
        ground_truth=ground_truth,
        prediction=prediction,
        step=graph.get_default_step() if step is None else step,
        max_outputs=max_outputs,
        image=image,
        ids=ids,
        captions=captions,
        metrics=metrics,
        attributes=attributes,
        kind=kind,
        description=description,
        select=select,
        data_format=data_format,
        preparation=preparing.check(resize, denormalize, one_hot),
    )
    if graph.is_tracing(call.tensors, resolved):
        return graph.write(call)
    if not resolved.is_recording():
        return False
    return run_call(call)


def summary_pb(
    name: str,
    ground_truth: Any,
    prediction: Any,
    step: Any = None,
    max_outputs: Any = None,
    description: str | None = None,
    *,
    image: Any = None,
    kind: Kind | None = None,
    ids: Sequence[Any] | Any = None,
    captions: Sequence[str] | Any = None,
    metrics: Mapping[str, Any] | bool | None = None,
    attributes: Mapping[str, Any] | None = None,
    select: Select = None,
    data_format: DataFormat = "channels_last",
    resize: Resize = None,
    denormalize: Denormalize = None,
    one_hot: bool = False,
) -> summary_pb2.Summary:
    """Returns the `Summary` proto of one record, to be written by other means.

    It is empty where `select` leaves nothing, and where no memory is left, which is a warning.

    The arguments are those of `summary`; `name` is the whole tag, and `step` only says which pairs
    `pairs.every` selects. The proto holds all its pictures. Its `sequence`, by which the page tells
    how many records were logged, is 1; write with `summary(..., writer=...)` to have them counted.

    Raises:
      ValueError: If an argument is not as `summary` describes.
    """
    memory = InMemoryWriter()
    call = Call(
        tag=check_name(name),
        writer=memory,
        ground_truth=ground_truth,
        prediction=prediction,
        step=0 if step is None else step,
        max_outputs=max_outputs,
        image=image,
        ids=ids,
        captions=captions,
        metrics=metrics,
        attributes=attributes,
        kind=kind,
        description=description,
        select=select,
        data_format=data_format,
        preparation=preparing.check(resize, denormalize, one_hot),
    )
    with reentry.amid():
        record = call.check()
        if record is not None:
            write_now(record)
    return memory.summary


# Says to TensorFlow's AutoGraph that this is not to be rewritten into graph operations.
summary.autograph_info__ = {}  # type: ignore[attr-defined]
