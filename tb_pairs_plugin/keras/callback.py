# SPDX-License-Identifier: Apache-2.0
"""`PairsCallback`."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import keras

import tb_pairs_plugin as pairs
from tb_pairs_plugin.keras import samples
from tb_pairs_plugin.writing import evaluation, names
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions, Metrics
from tb_pairs_plugin.writing.guarding import Guarded, warn_on_errors
from tb_pairs_plugin.writing.kinds import Kind

Function: TypeAlias = Callable[[Any], Any]


class PairsCallback(Guarded, keras.callbacks.Callback):  # type: ignore[misc]
    """Writes pairs of ground truth and prediction at the end of epochs.

    The model predicts in inference mode, outside of the compiled training step, so
    `jit_compile=True` is fine. A record's step is the epoch, counted from 0 as in
    `keras.callbacks.TensorBoard`. After a batch was accepted, whatever is wrong is a warning, once.

    Args:
      data: `(x, y)` or `(x, y, sample_weight)` as given to `Model.fit`; or what yields such batches
        again for each pass: a `tf.data.Dataset`, a `keras.utils.PyDataset`, a torch `DataLoader`.
      log_dir: Log directory to write into, such as the `validation` directory of
        `keras.callbacks.TensorBoard`; or any `writer` of `pairs.summary`.
      name: The tag.
      select: Dataset indices, or ids where `ids` are given: these samples are read once, before
        training, and predicted each time. Or `pairs.worst(n, by=...)`, `pairs.best(n, by=...)` or a
        predicate: all of `data` is then predicted each time, and only what is selected is kept in
        memory and written (of a predicate: the first 64). None: the first 8 samples.
      every: Writes at every nth epoch, from the first, and at the last. Where a callback after this
        one stops the training, the last is written as the training ends, with the weights of then:
        those of its last epoch, unless a callback before this one restores or averages others, as
        `restore_best_weights=True` does.
      postprocess: Makes the prediction of what the model returns for a batch (NumPy arrays, in the
        model's structure): `lambda out: out["logits"]`. None: that is the prediction.
      ground_truth: Makes the ground truth of `y`, of a batch in NumPy. None: `y` is.
      image: What the model saw: True for `x`, or a function that makes it of `x`. False: nothing.
      metrics: By name, functions of ground truth and prediction of a batch that return one number
        per sample, beside the kind's own; False for no metrics at all.
      ids: One id per sample of `data`, by index. None: the index is the id.
      captions: One text per sample of `data`, by index.
      attributes: By name, one text, bool or number per sample of `data`, by index.
      kind: As in `pairs.summary`.
      description: See there.
      batch_size: Of predictions, where `data` isn't in batches.
      resize: As in `pairs.summary`.
      denormalize: See there.
      one_hot: See there.
      data_format: See there, for ground truth, prediction and image.

    Raises:
      ValueError: If an argument is not as described. What shows only with the model (an index that
        `data` doesn't have, pictures of a wrong shape) is found before the first epoch.
    """

    def __init__(
        self,
        data: Any,
        log_dir: Any,
        *,
        name: str = "validation",
        select: Any = None,
        every: int = 1,
        postprocess: Function | None = None,
        ground_truth: Function | None = None,
        image: bool | Function = False,
        metrics: Metrics = None,
        ids: Sequence[Any] | None = None,
        captions: Sequence[str] | None = None,
        attributes: Mapping[str, Sequence[Any]] | None = None,
        kind: Kind | None = None,
        description: str | None = None,
        batch_size: int = 32,
        resize: Literal["bilinear"] | None = None,
        denormalize: Any = None,
        one_hot: bool = False,
        data_format: Literal["channels_last", "channels_first"] = "channels_last",
    ) -> None:
        super().__init__()
        self._samples = samples.read_samples(
            data, evaluation.check_positive(batch_size, "batch_size")
        )
        self._every = evaluation.check_positive(every, "every")
        self._ids, self._captions = ids, captions
        self._attributes = attributes or {}
        self._indices = _indices(select, ids)
        self._name = name
        self._strict = select is not None
        self._fixed: list[samples.ModelBatch] | None = None
        self._postprocess = _function(postprocess, "postprocess")
        self._ground_truth = _function(ground_truth, "ground_truth")
        self._image = _function(None if isinstance(image, bool) else image, "image")
        self._has_image = image is not False

        chosen = self._indices
        options = EvaluationOptions(
            # What was read by its index needs no further choice.
            select=select if chosen is None else None,
            max_outputs=None if chosen is None else len(chosen),
            metrics=metrics,
            kind=kind,
            description=description,
            data_format=data_format,
            resize=resize,
            denormalize=denormalize,
            one_hot=one_hot,
            writer=log_dir,
        )
        # It predicts by itself, on the processes that were given it.
        self._evaluation = Evaluation(name, options, gathers=False)
        self._is_trying = False
        # The last epoch, if it was not written.
        self._left_out: int | None = None

    def on_train_begin(self, logs: Any = None) -> None:
        """Reads the chosen samples, and tries a batch, so that mistakes don't cost an epoch."""
        # A training may be many calls of `fit`.
        self._is_trying = not self._evaluation.has_accepted
        self._left_out = None
        self._evaluation.begin_training()
        if self._indices is not None and self._fixed is None:
            self._fixed = self._samples.read_at(self._indices, strict=self._strict)
        for batch in self._batches():
            self._evaluation.check(self._read(batch))
            break
        self._is_trying = False

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Predicts and writes, at an epoch that `every` divides and at the last."""
        # A loop of the program's own has no parameters.
        epochs = (self.params or {}).get("epochs")
        is_last = epoch + 1 == epochs or getattr(self.model, "stop_training", False)
        if epoch % self._every and not is_last:
            self._left_out = epoch
        else:
            self._write(epoch)

    def on_train_end(self, logs: Any = None) -> None:
        """Writes the last epoch, where nothing told before that it was the last."""
        if self._left_out is not None:
            self._write(self._left_out)

    def _write(self, epoch: int) -> None:
        self._left_out = None
        self._evaluation.begin()
        with warn_on_errors(self._name, True, "the rest of the data"):
            for batch in self._batches():
                self._evaluation.add(functools.partial(self._read, batch), is_running=True)
        self._evaluation.write(epoch, is_running=True)

    def _is_training(self, *args: Any, **named: Any) -> bool:
        return not self._is_trying

    def _batches(self) -> Iterator[samples.ModelBatch] | Sequence[samples.ModelBatch]:
        return self._samples.read_batches() if self._fixed is None else self._fixed

    def _read(self, batch: samples.ModelBatch) -> Batch:
        return Batch(
            self._ground_truth(batch.y),
            self._postprocess(self.model.predict_on_batch(batch.x)),
            image=self._image(batch.x) if self._has_image else None,
            ids=_chosen(self._ids, batch) if self._ids is not None else batch.indices,
            captions=_chosen(self._captions, batch) if self._captions is not None else None,
            attributes={name: _chosen(column, batch) for name, column in self._attributes.items()},
        )


def _indices(select: Any, ids: Sequence[Any] | None) -> list[int] | None:
    """Returns the dataset indices that `select` names, or None where it goes by metrics."""
    if select is None:
        return list(range(evaluation.FIRST))
    if isinstance(select, type(pairs.every(1))):
        raise ValueError("select is pairs.every(n), want every=n, in epochs")
    if callable(select) or isinstance(select, type(pairs.worst(1))):
        return None
    if isinstance(select, (str, bytes, Mapping)) or not isinstance(select, Iterable):
        raise ValueError(
            f"select is {select!r}, want dataset indices or ids, pairs.worst(n), pairs.best(n) or "
            "a predicate"
        )
    by_id = {} if ids is None else {_id(one): index for index, one in enumerate(ids)}
    indices = [_index(one, by_id) for one in select]
    if len(set(indices)) < len(indices):
        raise ValueError(f"select names a sample twice: {select!r}")
    return indices


def _id(one: Any) -> Any:
    """Returns an id as text, also that of an integer; anything else as it is."""
    try:
        return names.to_id(one, "ids")
    except ValueError:
        # Refused where it is stored.
        return one


def _index(one: Any, by_id: Mapping[Any, int]) -> int:
    name = _id(one)
    if isinstance(name, str) and name in by_id:
        return by_id[name]
    if not isinstance(one, bool) and isinstance(one, numbers.Integral) and int(one) >= 0:
        return int(one)
    raise ValueError(f"select has {one!r}, want an index of at least 0, or one of ids")


def _chosen(values: Sequence[Any], batch: samples.ModelBatch) -> list[Any]:
    if max(batch.indices) >= len(values):
        raise ValueError(
            f"ids, captions or attributes has {len(values)} elements, want one per sample of data, "
            f"which has the index {max(batch.indices)}"
        )
    return [values[index] for index in batch.indices]


def _unchanged(value: Any) -> Any:
    return value


def _function(value: Any, name: str) -> Function:
    if value is None:
        return _unchanged
    if not callable(value):
        raise ValueError(f"{name} is {value!r}, want a function")
    return value  # type: ignore[no-any-return]
