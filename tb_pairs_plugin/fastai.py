# SPDX-License-Identifier: Apache-2.0
"""`PairsCallback` for fastai: pairs of each validation.

from tb_pairs_plugin.fastai import PairsCallback

learn = Learner(dls, model, cbs=PairsCallback("val/masks", kind=pairs.Mask(), writer="logs/run"))
learn.fit(4)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from fastai.callback import core
from fastai.callback.core import Callback
from fastai.data.transforms import Normalize
from fastai.learner import CastToTensor

from tb_pairs_plugin.writing import processes
from tb_pairs_plugin.writing.batch import Batch, make_reader
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions, Metrics
from tb_pairs_plugin.writing.guarding import Guarded
from tb_pairs_plugin.writing.training import Training
from tb_pairs_plugin.writing.writers import resolving


class PairsCallback(Guarded, Callback):  # type: ignore[misc] # it ships no types
    """Writes one record per validation, from the predictions that the validation makes anyway.

    The step is the number of batches trained on by then, counted through all calls of `fit`, such
    as the two of `fine_tune`. `learn.validate()` alone writes too, but never a step a second time;
    `learn.get_preds()` and `learn.lr_find()` write nothing. While a training runs, whatever is
    wrong is a warning, once. With several processes the first writes, from the samples of all.

    Args:
      name: The tag.
      batch: The positions of the image (None for no image) and of the ground truth in a batch, or a
        function of the batch, as in `tb_pairs_plugin.lightning.PairsCallback`. fastai's `Normalize`
        is undone for the image.
      prediction: A function of what the model returns for a batch, that returns k predictions.
        None: that is the predictions.
      kind: As in `pairs.summary`.
      select: As in `pairs.Collector`; positions are those in the data set. None: the first 8.
      metrics: By name, functions of ground truth and prediction of a batch that return one number
        per sample, beside the kind's own; False for no metrics at all.
      description: As in `pairs.summary`.
      resize: See there.
      denormalize: See there; for images that something else than `Normalize` normalized.
      one_hot: See there.
      writer: See there; None for the writer of fastai's `TensorBoardCallback`.
      data_format: See there.

    Raises:
      ValueError: If an argument is not as described; from `fit`, if there is nothing to write to.
    """

    # Before fastai's CastToTensor, which drops the types by which `Normalize` knows an image.
    order = CastToTensor.order - 1
    # All of the release there is: their number has grown.
    _control_flow = tuple(
        one
        for name, one in vars(core).items()
        if name.startswith("Cancel") and isinstance(one, type) and issubclass(one, Exception)
    )

    def __init__(
        self,
        name: str,
        batch: Sequence[Any] | Callable[[Any], Any] = (0, 1),
        *,
        prediction: Callable[[Any], Any] | None = None,
        kind: Any = None,
        select: Any = None,
        metrics: Metrics = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = None,
        denormalize: Any = None,
        one_hot: bool = False,
        writer: Any = None,
        data_format: Literal["channels_last", "channels_first"] = "channels_first",
    ) -> None:
        super().__init__()
        if prediction is not None and not callable(prediction):
            raise ValueError(f"prediction is {prediction!r}, want a function or None")
        self._name = name
        self._reader = make_reader(batch)
        self._prediction = prediction
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
        self._evaluation = Evaluation(name, self._options)
        self._batch: tuple[Any, ...] = ()
        self._trained = 0
        self._training = Training("fastai")

    def before_fit(self) -> None:
        """Notes that errors may be raised until something is trained, such as of the writer."""
        self._training.end()

    def before_train(self) -> None:
        """Notes that errors must not end the training from now on.

        Raises:
          ValueError: If there is nothing to write to.
        """
        if self._training.is_running:
            return
        if self._options.writer is None and not self._is_idle():
            resolving.resolve(self.learn)
        self._training.begin()

    def before_batch(self) -> None:
        """Keeps the batch as the data loader made it."""
        self._batch = (*self.xb, *self.yb)

    def after_batch(self) -> None:
        """Counts the batches trained on."""
        self._batch = ()
        self._trained += self.training and not self._is_idle()

    def before_validate(self) -> None:
        """Begins a pass."""
        self._evaluation.begin()

    def after_pred(self) -> None:
        """Keeps the selected pairs of a batch."""
        if self.training or self._is_idle() or self._evaluation.is_full:
            return
        self._evaluation.add(
            self._read,
            is_running=self._training.is_running,
            loader=self.dl,
            # A DistributedDL deals out all of the samples of a process in a row.
            in_a_row=getattr(self.dl, "n_padded", 1) // processes.find_rank()[1] or 1,
        )

    def after_validate(self) -> None:
        """Writes the kept pairs."""
        self._evaluation.write(self._trained, self.learn, is_running=self._training.is_running)

    def _is_idle(self) -> bool:
        # fastai's own callbacks, which are there while they are needed.
        return hasattr(self.learn, "gather_preds") or hasattr(self.learn, "lr_finder")

    def _read(self) -> Batch:
        read = self._reader(self._batch)
        if read.image is not None:
            read = replace(read, image=_undo_normalize(self.dl, read.image))
        if read.prediction is not None:
            return read
        made = self.pred if self._prediction is None else self._prediction(self.pred)
        return replace(read, prediction=made)


def _undo_normalize(loader: Any, image: Any) -> Any:
    """Returns images as they were before fastai's `Normalize`, if a data loader has it."""
    # A DistributedDL holds the data loader.
    transforms = getattr(getattr(loader, "dl", loader), "after_batch", None)
    for one in getattr(transforms, "fs", ()):
        if isinstance(one, Normalize):
            image = one.decode(image)
    return image
