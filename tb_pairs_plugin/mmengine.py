# SPDX-License-Identifier: Apache-2.0
"""`PairsHook` for MMEngine: pairs of each validation of MMSegmentation and its like.

In a config:

    custom_imports = dict(imports=["tb_pairs_plugin.mmengine"])
    custom_hooks = [dict(type="PairsHook", name="val/masks")]
    vis_backends = [dict(type="TensorboardVisBackend")]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from mmengine.hooks import Hook, LoggerHook
from mmengine.registry import HOOKS

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import descriptions
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.evaluation import (
    Evaluation,
    EvaluationOptions,
    Metrics,
    check_positive,
)
from tb_pairs_plugin.writing.guarding import Guarded, warn_on_errors
from tb_pairs_plugin.writing.training import Training

_IGNORED = 255  # what MMSegmentation's losses and metrics leave out


@HOOKS.register_module()
class PairsHook(Guarded, Hook):  # type: ignore[misc] # it ships no types
    """Writes one record per validation and test, from the data samples that the model returns.

    It stands beside the visualization hook. Steps are those of the `LoggerHook`: epochs, or
    iterations with `log_metric_by_epoch=False`. While a training runs, whatever is wrong is a
    warning, once. With several processes the first writes, from the samples of all.

    Args:
      name: The tag; of a test `NAME/test`.
      ground_truth: The field of a data sample with the ground truth, whose `data` is `[c, h, w]`.
      prediction: That with the prediction.
      image: The key of the batch with the images; None for no image.
      bgr: Whether the images are blue, green, red, as MMEngine's loaders read them.
      kind: As in `pairs.summary`. None: a `Mask` with the classes and colors of the data set and
        255 as the ignored id. What the data set says of them and can't be used is a warning, once;
        of a palette in a word, such as MMDetection's `"random"`, the page's own colors are taken.
      select: As in `pairs.Collector`; positions are those in the data set. None: the first 8.
      interval: While training, writes at every nth validation, from the first.
      metrics: By name, functions of the lists of ground truths and predictions of a batch that
        return one number per sample, beside the kind's own; False for no metrics at all.
      description: As in `pairs.summary`.
      resize: See there.
      denormalize: See there.
      one_hot: See there.
      writer: See there; None for the runner's `TensorboardVisBackend`.
      data_format: See there.

    Raises:
      ValueError: If an argument is not as described.
    """

    priority = "LOW"

    def __init__(
        self,
        name: str,
        ground_truth: str = "gt_sem_seg",
        prediction: str = "pred_sem_seg",
        *,
        image: str | None = "inputs",
        bgr: bool = True,
        kind: Any = None,
        select: Any = None,
        interval: int = 1,
        metrics: Metrics = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = None,
        denormalize: Any = None,
        one_hot: bool = False,
        writer: Any = None,
        data_format: Literal["channels_last", "channels_first"] = "channels_first",
    ) -> None:
        self._name = name
        self._fields = ground_truth, prediction
        self._image, self._bgr = image, bgr
        self._interval = check_positive(interval, "interval")

        self._options = EvaluationOptions(
            select=select,
            metrics=metrics,
            kind=kind,
            description=description,
            data_format=data_format,
            resize=resize,
            denormalize=denormalize,
            one_hot=one_hot,
            writer=writer,
        )
        Evaluation(name, self._options)  # raises now if these arguments are wrong
        self._evaluations: dict[str, Evaluation] = {}
        self._validations = 0
        self._training = Training("mmengine")
        self._has_trained = False

    def before_train(self, runner: Any) -> None:
        """Notes that errors must not end the training from now on."""
        self._evaluations.clear()
        self._training.begin()
        self._has_trained = True

    def before_val_epoch(self, runner: Any) -> None:
        """Begins a pass."""
        self._begin(self._name, runner.val_dataloader)

    def before_test_epoch(self, runner: Any) -> None:
        """Begins a pass."""
        self._begin(f"{self._name}/test", runner.test_dataloader)

    def after_val_iter(
        self, runner: Any, batch_idx: int, data_batch: Any = None, outputs: Any = None
    ) -> None:
        """Keeps the selected pairs of a batch."""
        if self._is_due():
            self._add(self._name, runner.val_dataloader, data_batch, outputs)

    def after_test_iter(
        self, runner: Any, batch_idx: int, data_batch: Any = None, outputs: Any = None
    ) -> None:
        """Keeps the selected pairs of a batch."""
        self._add(f"{self._name}/test", runner.test_dataloader, data_batch, outputs)

    def after_val_epoch(self, runner: Any, metrics: Any = None) -> None:
        """Writes the kept pairs."""
        if self._is_due():
            self._write(self._name, runner)
        self._validations += self._training.is_running

    def after_test_epoch(self, runner: Any, metrics: Any = None) -> None:
        """Writes the kept pairs."""
        self._write(f"{self._name}/test", runner)

    def _is_due(self) -> bool:
        return not self._training.is_running or self._validations % self._interval == 0

    def _begin(self, tag: str, loader: Any) -> None:
        if tag not in self._evaluations:
            kind = self._options.kind or _mask_of(loader, tag)
            options = replace(self._options, kind=kind)
            self._evaluations[tag] = Evaluation(tag, options)
        self._evaluations[tag].begin()

    def _add(self, tag: str, loader: Any, data_batch: Any, outputs: Any) -> None:
        one = self._evaluations[tag]
        if not one.is_full:
            one.add(
                lambda: self._read(data_batch, outputs),
                is_running=self._training.is_running,
                loader=loader,
            )

    def _write(self, tag: str, runner: Any) -> None:
        self._evaluations[tag].write(
            # Asking for a step would build the loop of a training that is not to be.
            lambda: _step_of(runner) if self._has_trained else 0,
            runner,
            is_running=self._training.is_running,
        )

    def _read(self, data_batch: Any, outputs: Any) -> Batch:
        truths, predictions = (
            [_field(sample, name) for sample in outputs or ()] for name in self._fields
        )
        images = None
        if self._image is not None:
            if not isinstance(data_batch, Mapping) or self._image not in data_batch:
                raise ValueError(f"the batch has no {self._image!r}; image= names its images")
            images = [one.flip(0) if self._bgr else one for one in data_batch[self._image]]
        return Batch(truths, predictions, image=images)


def _field(sample: Any, name: str) -> Any:
    if not hasattr(sample, name):
        raise ValueError(
            f"a data sample has {sorted(sample.keys())}, want {name!r}; ground_truth= and "
            "prediction= name its fields"
        )
    return getattr(sample, name).data


def _mask_of(loader: Any, tag: str) -> Any:
    """Returns a mask with the classes and colors of a loader's data set, where it has such."""
    meta: Mapping[str, Any] = {}
    with warn_on_errors(tag, True, "the classes of the data set"):
        meta = dict(getattr(getattr(loader, "dataset", None), "metainfo", None) or {})
    palette = meta.get("palette")
    return descriptions.describe(
        pairs.Mask(ignore=_IGNORED),
        tag,
        classes=meta.get("classes"),
        # A word has MMDetection choose the colors by itself, as the page does.
        colors=None if isinstance(palette, str) else palette,
    )


def _step_of(runner: Any) -> int:
    """Returns the step that the runner's `LoggerHook` gives the metrics of a validation."""
    loggers = [one for one in runner.hooks if isinstance(one, LoggerHook)]
    by_epoch = all(getattr(one, "log_metric_by_epoch", True) for one in loggers)
    return int(runner.epoch if by_epoch else runner.iter)
