# SPDX-License-Identifier: Apache-2.0
"""`PairsTrainerCallback` for the Trainer of transformers: pairs of each evaluation.

    from tb_pairs_plugin.transformers import PairsTrainerCallback

    trainer = Trainer(model, args, train_dataset=train, eval_dataset=val)
    trainer.add_callback(PairsTrainerCallback("val/masks", processor=processor, writer=trainer))

For semantic segmentation, depth estimation and image-to-image models.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch
from transformers import TrainerCallback

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import descriptions
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions, Metrics
from tb_pairs_plugin.writing.guarding import Guarded, warn_on_errors
from tb_pairs_plugin.writing.training import Training, refer
from tb_pairs_plugin.writing.warn import NotWrittenWarning, warn_caller

# What models call their output, and how a processor brings it to the size of the labels.
_POST_PROCESS = {
    "logits": "post_process_semantic_segmentation",
    "class_queries_logits": "post_process_semantic_segmentation",
    "predicted_depth": "post_process_depth_estimation",
    "reconstruction": "",
}
_RUNTIME = "_runtime"  # a metric that each evaluation has, after its prefix


@dataclass(frozen=True)
class _Seen:
    """The inputs and outputs of the model at a step of the evaluation."""

    inputs: Mapping[str, Any]
    outputs: Any


@dataclass
class _Pass:
    """What tells an evaluation from the one before, which may have been interrupted."""

    is_in_training: bool
    loader: Callable[[], Any]
    batches: int = 0

    def is_of(self, is_in_training: bool, loader: Any) -> bool:
        return self.is_in_training == is_in_training and self.loader() is loader

    @property
    def is_mixed(self) -> bool:
        """Whether it has had more batches than its loader gives: they are those of two.

        In a training none follows one that was interrupted, so lengths need not be believed.
        """
        try:
            return not self.is_in_training and self.batches > len(self.loader())
        except Exception:
            # Most often it has no length.
            return False


class _Watcher:
    """The hook on the model. Copies and files of the model have one that does nothing."""

    def __init__(self, callback: PairsTrainerCallback) -> None:
        self._callback = callback

    def __call__(self, model: Any, given: Any, inputs: Mapping[str, Any], outputs: Any) -> None:
        self._callback.keep(model, inputs, outputs)

    def __reduce__(self) -> tuple[Any, ...]:
        # It takes anything, returns None, and is there where this package is not.
        return getattr, (contextlib.nullcontext(), "__exit__")


class PairsTrainerCallback(Guarded, TrainerCallback):  # type: ignore[misc] # it ships no types
    """Writes one record per evaluation, from the outputs that the evaluation computes anyway.

    A hook on the model sees them, so there is no second pass. Steps are `state.global_step`; a step
    that was written is not written again by `trainer.evaluate()` after a training. While a training
    runs, whatever is wrong is a warning, once. With several processes the first writes, of what all
    have seen.

    Args:
      name: The tag; of an evaluation with another prefix, such as one of several data sets,
        `NAME/PREFIX`.
      processor: The image processor: its normalization of the image is undone, and its
        post-processing, where it has one for the task, makes the predictions. None: the image is
        shown as it is, and the predictions are brought to the size of the labels by `resize`.
      image: The name of the model's input that is shown; None for no image.
      ground_truth: The name of the input with the labels.
      prediction: The name of an output, or a function of all outputs that returns k predictions.
        None: what segmentation, depth and image-to-image models have.
      kind: As in `pairs.summary`. None: of segmentation a `Mask` with the class names of the
        model's configuration and its ignored index, of depth a `Heatmap`, else an `Image`.
      select: As in `pairs.Collector`; positions are those in the data set. None: the first 8.
      metrics: By name, functions of ground truth and prediction of a batch that return one number
        per sample, beside the kind's own; False for no metrics at all.
      description: As in `pairs.summary`.
      resize: See there.
      one_hot: See there.
      writer: As in `pairs.summary`, such as the Trainer, for the file of its TensorBoardCallback.
        None: the directory `runs/pairs` in `args.output_dir`.
      data_format: As in `pairs.summary`.

    Raises:
      ValueError: If an argument is not as described.
    """

    def __init__(
        self,
        name: str,
        *,
        processor: Any = None,
        image: str | None = "pixel_values",
        ground_truth: str = "labels",
        prediction: str | Callable[[Any], Any] | None = None,
        kind: Any = None,
        select: Any = None,
        metrics: Metrics = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = "bilinear",
        one_hot: bool = False,
        writer: Any = None,
        data_format: Literal["channels_last", "channels_first"] = "channels_first",
    ) -> None:
        self._image, self._ground_truth, self._prediction = image, ground_truth, prediction
        self._processor = processor
        self._kind = kind

        self._options = EvaluationOptions(
            select=select,
            metrics=metrics,
            kind=kind,
            description=description,
            data_format=data_format,
            resize=resize,
            denormalize=_normalization(processor),
            one_hot=one_hot,
            writer=writer,
        )
        self._name = name
        self._evaluation = Evaluation(name, self._options)
        self._knows_kind = kind is not None
        self._training = Training("transformers")
        self._pass: _Pass | None = None
        self._model: Any = None
        self._seen: _Seen | None = None
        if hasattr(writer, "callback_handler"):
            # Added to a Trainer that exists: `on_init_end` has been.
            self._watch(writer.model)

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the model that is watched; the training that goes on has its own."""
        return {**vars(self), "_pass": None, "_model": None, "_seen": None}

    def on_init_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Begins to watch the model."""
        self._watch(kwargs.get("model"))

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Begins to watch the model, if it is another one."""
        self._training.begin()
        self._evaluation.begin_training()
        self._watch(kwargs.get("model"))

    def on_prediction_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Keeps the selected pairs of a batch."""
        seen, self._seen = self._seen, None
        self._begin_pass(kwargs.get("eval_dataloader")).batches += 1

        def read() -> Batch:
            return self._read(seen, args)

        if seen is None:
            # For the next evaluation; this one is refused.
            self._watch(kwargs.get("model"))
        elif not self._knows_kind:
            with warn_on_errors(self._name, self._training.is_running, "its records"):
                self._options = replace(self._options, kind=self._kind_of(seen))
                self._evaluation = Evaluation(self._name, self._options)
                self._knows_kind = True
        if not self._evaluation.is_full:
            self._evaluation.add(
                read,
                is_running=self._training.is_running,
                loader=kwargs.get("eval_dataloader"),
                in_a_row=args.eval_batch_size,
            )

    def on_evaluate(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Writes the kept pairs."""
        self._end_pass()
        self._evaluation.write(
            state.global_step,
            os.path.join(args.output_dir, "runs", "pairs"),
            is_running=self._training.is_running,
            name=self._name + _suffix(kwargs.get("metrics") or {}),
        )

    def on_predict(self, args: Any, state: Any, control: Any, metrics: Any, **kwargs: Any) -> None:
        """Drops the kept pairs: predicting is not evaluating."""
        self._pass = None
        self._evaluation.begin()

    def _begin_pass(self, loader: Any) -> _Pass:
        """Forgets an evaluation that was not ended, of which nothing is said."""
        is_in_training = self._training.is_running
        if self._pass is not None and self._pass.is_of(is_in_training, loader):
            return self._pass
        if self._evaluation.has_begun:
            self._evaluation.begin()
        self._pass = _Pass(is_in_training, refer(loader))
        return self._pass

    def _end_pass(self) -> None:
        """Drops the pairs of an evaluation that took the loader of one that was not ended."""
        ended, self._pass = self._pass, None
        if ended is not None and ended.is_mixed:
            self._evaluation.begin()
            warn_caller(
                f"pairs wrote no record of {self._name!r}: the evaluation before this one ended "
                "early and had the same data loader, so that the pairs of the two can't be told "
                "apart; evaluate once more",
                NotWrittenWarning,
            )

    def _watch(self, model: Any) -> None:
        if model is not None and model is not self._model:
            self._model = model
            model.register_forward_hook(_Watcher(self), with_kwargs=True)

    def keep(self, model: Any, inputs: Mapping[str, Any], outputs: Any) -> None:
        """Keeps what a model was given and gives; called by the hook on the model."""
        # Evaluations run without gradients; nothing else is looked at.
        if model is self._model and not model.training and not torch.is_grad_enabled():
            self._seen = _Seen(inputs, outputs)

    def _read(self, seen: _Seen | None, args: Any) -> Batch:
        if seen is None:
            raise ValueError(
                "the model was not seen by PairsTrainerCallback: pass it as "
                "Trainer(callbacks=[...]), or add it with writer=trainer"
            )
        if args.n_gpu > 1:
            raise ValueError(
                "PairsTrainerCallback can't see the outputs of torch.nn.DataParallel: start one "
                "process per GPU, with torchrun or accelerate launch"
            )
        names = [one for one in (self._image, self._ground_truth) if one is not None]
        missing = [one for one in names if seen.inputs.get(one) is None]
        if missing:
            raise ValueError(
                f"the model is given no {missing[0]!r} but {sorted(seen.inputs)}; image= and "
                "ground_truth= name its inputs"
            )
        truth = seen.inputs[self._ground_truth]
        batch = Batch(truth, image=None if self._image is None else seen.inputs[self._image])
        return replace(batch, prediction=self._find_prediction(seen.outputs, truth))

    def _find_prediction(self, outputs: Any, truth: Any) -> Any:
        if callable(self._prediction):
            return self._prediction(outputs)
        key = self._prediction or _key(outputs)
        method = getattr(self._processor, _POST_PROCESS.get(key, "") or "-", None)
        if self._prediction is None and method is not None:
            sizes = [tuple(one.shape[-2:]) for one in truth]
            made = method(outputs, target_sizes=sizes)
            return [one["predicted_depth"] if isinstance(one, Mapping) else one for one in made]
        return outputs[key]

    def _kind_of(self, seen: _Seen) -> Any:
        if self._prediction is not None:
            return None
        key = _key(seen.outputs)
        if key == "predicted_depth":
            return pairs.Heatmap()
        if key == "reconstruction":
            return pairs.Image()
        config = getattr(self._model, "config", None)
        named: dict[int, str] = {}
        with warn_on_errors(self._name, True, "the classes of the model"):
            labels = getattr(config, "id2label", None) or {}
            named = {int(one): str(name) for one, name in labels.items()}
        ignore = getattr(config, "semantic_loss_ignore_index", None)
        return descriptions.describe(pairs.Mask(), self._name, classes=named, ignore=ignore)


def _key(outputs: Any) -> str:
    found = next((key for key in _POST_PROCESS if key in outputs), None)
    if found is None:
        raise ValueError(
            f"the model gives {list(outputs)}, want one of {', '.join(_POST_PROCESS)}; "
            "prediction= names another, or is a function of the outputs"
        )
    return found


def _normalization(processor: Any) -> Any:
    if not getattr(processor, "do_normalize", False):
        return None
    return processor.image_mean, processor.image_std


def _suffix(metrics: Mapping[str, Any]) -> str:
    """Returns the suffix of the tag for an evaluation with another prefix than `eval`."""
    names = [name for name in metrics if name.endswith(_RUNTIME)]
    prefix = names[0].removesuffix(_RUNTIME) if names else "eval"
    return "" if prefix == "eval" else "/" + prefix.removeprefix("eval_")
