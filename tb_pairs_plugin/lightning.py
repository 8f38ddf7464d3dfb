# SPDX-License-Identifier: Apache-2.0
"""`PairsCallback` for Lightning: pairs of the worst or of chosen samples, at each validation.

    from tb_pairs_plugin.lightning import PairsCallback

    pictures = PairsCallback("val/masks", select=pairs.worst(8), kind=pairs.Mask())
    lightning.Trainer(callbacks=[pictures]).fit(model, train_loader, val_loader)

Works with the packages `lightning` and `pytorch_lightning`, whichever the program has imported.
"""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from tb_pairs_plugin.writing import evaluation
from tb_pairs_plugin.writing.batch import Batch, make_reader
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions, Metrics
from tb_pairs_plugin.writing.guarding import Guarded

Predict: TypeAlias = Callable[[Any, Any, Any], Any]
Channels: TypeAlias = "float | Sequence[float] | None"

# Names that `validation_step` may give its predictions.
_KEYS = ("prediction", "predictions", "preds", "pred", "logits", "y_hat")


def _base() -> Any:
    names = ("lightning.pytorch", "pytorch_lightning")
    for name in names:
        if name in sys.modules:
            return sys.modules[name].Callback
    for name in names:
        try:
            return importlib.import_module(name).Callback
        except ModuleNotFoundError as error:
            if error.name not in (name, name.partition(".")[0]):
                raise
    raise ModuleNotFoundError("tb_pairs_plugin.lightning needs lightning: pip install lightning")


class PairsCallback(Guarded, _base()):  # type: ignore[misc] # a base that is found while running
    """Writes one record per validation and test: the pairs selected from the whole pass.

    The sanity check before a training tries the arguments and writes nothing; after that, whatever
    is wrong is a warning, once, and never ends the training. Steps are `trainer.global_step`. With
    several processes the first writes, from the samples of all.

    Args:
      name: The tag; of `trainer.test` `NAME/test`, and of one of several data loaders
        `NAME/dataloader_idx_N`.
      batch: Where a batch has what is needed: the keys of the image (None for no image) and of the
        ground truth, or a function of the batch that returns `(image, ground_truth)` or a dict
        with `ground_truth` and any of `prediction`, `image`, `ids`, `captions`, `metrics`
        and `attributes`.
      prediction: A key of what `validation_step` (`test_step`) returns, or a function of module,
        batch and that. None: what the step returns if that is a batch of predictions, or has the
        key `prediction`, `preds` or `logits`; else a forward pass of the image through the module,
        which takes the time of one. Return predictions from the step under FSDP.
      mean: Of the normalization of the image, per channel; undone with `std`.
      std: See there.
      kind: As in `pairs.summary`.
      select: As in `pairs.Collector`; positions are those in the data set, if its order is not
        shuffled. None: the first 8 samples.
      every_n_epochs: While training, writes at the first validation, at each in an epoch that is
        so many after that of the last record, and in the last epoch. The last is known of
        `max_epochs` only: not of `max_steps`, `max_time`, or where a callback stops the training.
      metrics: By name, functions of ground truth and prediction of a batch that return one number
        per sample, beside the kind's own; False for no metrics at all.
      description: As in `pairs.summary`.
      resize: See there.
      one_hot: See there.
      writer: As in `pairs.summary`; None for the trainer's TensorBoardLogger, whichever of its
        loggers that is.
      data_format: As in `pairs.summary`.

    Raises:
      ValueError: If an argument is not as described.
    """

    def __init__(
        self,
        name: str,
        batch: Sequence[Any] | Callable[[Any], Any] = (0, 1),
        prediction: str | Predict | None = None,
        *,
        mean: Channels = None,
        std: Channels = None,
        kind: Any = None,
        select: Any = None,
        every_n_epochs: int = 1,
        metrics: Metrics = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = None,
        one_hot: bool = False,
        writer: Any = None,
        data_format: Literal["channels_last", "channels_first"] = "channels_first",
    ) -> None:
        super().__init__()
        if (mean is None) != (std is None):
            raise ValueError(f"mean is {mean!r} and std is {std!r}, want both or neither")
        if prediction is not None and not callable(prediction) and not isinstance(prediction, str):
            raise ValueError(f"prediction is {prediction!r}, want a key, a function or None")
        self._every = evaluation.check_positive(every_n_epochs, "every_n_epochs")
        self._read = make_reader(batch)
        self._prediction = prediction

        self._options = EvaluationOptions(
            select=select,
            metrics=metrics,
            kind=kind,
            description=description,
            data_format=data_format,
            resize=resize,
            denormalize=None if mean is None or std is None else (mean, std),
            one_hot=one_hot,
            writer=writer,
        )
        Evaluation(name, self._options)  # raises now if these arguments are wrong
        self._name = name
        self._evaluations: dict[str, Evaluation] = {}
        # In which it was written last, of a training.
        self._last_epoch: int | None = None
        self._trainer: Any = None

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the trainer, which need not be picklable."""
        return {**vars(self), "_trainer": None}

    def setup(self, trainer: Any, pl_module: Any, stage: str) -> None:
        """Keeps the trainer, which Lightning does not pass to all methods."""
        self._trainer = trainer

    def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
        """Begins a training."""
        self._trainer = trainer
        self._evaluations.clear()
        self._last_epoch = None

    def teardown(self, trainer: Any, pl_module: Any, stage: str) -> None:
        """Lets the trainer go."""
        self._trainer = None

    def on_validation_epoch_start(self, trainer: Any, pl_module: Any) -> None:
        """Begins a pass."""
        self._begin(self._validation_tags(trainer))

    def on_test_epoch_start(self, trainer: Any, pl_module: Any) -> None:
        """Begins a pass."""
        self._begin(self._test_tags(trainer))

    def on_validation_batch_end(
        self,
        trainer: Any,
        pl_module: Any,
        outputs: Any,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Keeps the selected pairs of a batch; in the sanity check, only tries it."""
        tag = self._validation_tags(trainer)[dataloader_idx]
        loader = _loader(trainer.val_dataloaders, dataloader_idx)
        self._add(trainer, pl_module, outputs, batch, tag, loader)

    def on_test_batch_end(
        self,
        trainer: Any,
        pl_module: Any,
        outputs: Any,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Keeps the selected pairs of a batch."""
        tag = self._test_tags(trainer)[dataloader_idx]
        loader = _loader(trainer.test_dataloaders, dataloader_idx)
        self._add(trainer, pl_module, outputs, batch, tag, loader)

    def on_validation_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        """Writes the kept pairs."""
        self._write(trainer, self._validation_tags(trainer))

    def on_test_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        """Writes the kept pairs."""
        self._write(trainer, self._test_tags(trainer))

    def _validation_tags(self, trainer: Any) -> list[str]:
        return _tags(self._name, len(trainer.num_val_batches))

    def _test_tags(self, trainer: Any) -> list[str]:
        return _tags(f"{self._name}/test", len(trainer.num_test_batches))

    def _find_evaluation(self, tag: str) -> Evaluation:
        if tag not in self._evaluations:
            self._evaluations[tag] = Evaluation(tag, self._options)
        return self._evaluations[tag]

    def _begin(self, tags: Sequence[str]) -> None:
        for tag in tags:
            self._find_evaluation(tag).begin()

    def _add(
        self, trainer: Any, module: Any, outputs: Any, batch: Any, tag: str, loader: Any
    ) -> None:
        if not self._is_due(trainer):
            return
        one = self._find_evaluation(tag)

        def read() -> Batch:
            return self._find_prediction(trainer, module, outputs, batch)

        if trainer.sanity_checking:
            one.check(read(), trainer)
        elif not one.is_full:
            one.add(read, is_running=_is_running(trainer), loader=loader)

    def _write(self, trainer: Any, tags: Sequence[str]) -> None:
        if trainer.sanity_checking or not self._is_due(trainer):
            return
        if _is_running(trainer):
            self._last_epoch = trainer.current_epoch
        # Also of a loader that gave this process nothing: the others wait for all.
        for tag in tags:
            self._find_evaluation(tag).write(
                trainer.global_step, trainer, is_running=_is_running(trainer)
            )

    def _is_training(self, trainer: Any = None, *args: Any, **named: Any) -> bool:
        if not hasattr(trainer, "sanity_checking"):
            # Of `state_dict` and `load_state_dict`.
            trainer = self._trainer
        return trainer is not None and _is_running(trainer) and not trainer.sanity_checking

    def _is_due(self, trainer: Any) -> bool:
        if trainer.sanity_checking or not _is_running(trainer):
            return True
        epoch, last = trainer.current_epoch, self._last_epoch
        # An epoch may have several validations.
        if last is None or epoch == last or epoch + 1 == trainer.max_epochs:
            return True
        return bool(epoch - last >= self._every)

    def _find_prediction(self, trainer: Any, module: Any, outputs: Any, batch: Any) -> Batch:
        read = self._read(batch)
        if read.prediction is not None:
            return read
        if callable(self._prediction):
            return replace(read, prediction=self._prediction(module, batch, outputs))
        found = _find_output(outputs, self._prediction)
        if found is None:
            if read.image is None:
                raise ValueError(
                    "the step returns no prediction, and batch= names no image to predict from; "
                    "return one from validation_step, or pass prediction=, a function of module, "
                    "batch and what the step returned"
                )
            with trainer.precision_plugin.forward_context():
                found = module(read.image)
        return replace(read, prediction=found)


def _find_output(outputs: Any, key: str | None) -> Any:
    """Returns the predictions in a step's output; None where it holds none."""
    if key is not None:
        if not isinstance(outputs, Mapping) or key not in outputs:
            got = sorted(map(str, outputs)) if isinstance(outputs, Mapping) else type(outputs)
            raise ValueError(f"the step returns {got}, want a dict with the key {key!r}")
        return outputs[key]
    if isinstance(outputs, Mapping):
        return next((outputs[one] for one in _KEYS if one in outputs), None)
    # A number is the loss.
    return outputs if getattr(outputs, "ndim", 0) >= 3 else None


def _tags(name: str, loaders: int) -> list[str]:
    """Returns the tag of each data loader."""
    return [name] if loaders == 1 else [f"{name}/dataloader_idx_{i}" for i in range(loaders)]


def _is_running(trainer: Any) -> bool:
    return str(trainer.state.fn).rpartition(".")[2].lower().startswith("fit")


def _loader(loaders: Any, index: int) -> Any:
    """Returns the data loader of an index, None where there is no such."""
    return next(itertools.islice(_leaves(loaders), index, None), None)


def _leaves(loaders: Any) -> Iterator[Any]:
    """Yields nested data loaders in Lightning's order."""
    if isinstance(loaders, Mapping):
        loaders = list(loaders.values())
    if isinstance(loaders, (list, tuple)):
        for one in loaders:
            yield from _leaves(one)
    else:
        yield loaders
