# SPDX-License-Identifier: Apache-2.0
"""`PairsHandler` for ignite: pairs of each run of an evaluator.

from tb_pairs_plugin.ignite import PairsHandler

PairsHandler("val/masks", trainer=trainer, writer="logs/run").attach(evaluator)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from ignite.engine import Engine, Events

from tb_pairs_plugin.writing.batch import Batch, make_reader, to_batch
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions, Metrics
from tb_pairs_plugin.writing.guarding import Guarded
from tb_pairs_plugin.writing.training import Training


class PairsHandler(Guarded):
    """Writes one record per run of an evaluator, at the trainer's epoch.

    While the trainer runs, or another engine that runs the evaluator, whatever is wrong is a
    warning, once. So it is without a `trainer` after a first batch was accepted, as a training may
    be a loop of the program's own. With several processes the first writes, from the samples of
    all, and every process must run the evaluator; `gathers=False` if not.

    Args:
      name: The tag.
      batch: Where `engine.state.batch` has what is needed: the keys of the image (None for no
        image) and of the ground truth; or a function of the evaluator that returns a dict with
        `ground_truth`, `prediction` and any of `image`, `ids`, `captions`, `metrics`
        and `attributes`. With keys
        the prediction is what the evaluator returns, or the first of a pair that it returns.
      trainer: The engine that trains, whose `state.epoch` is the step, as for ignite's own loggers.
        None: of the engines that run the evaluator the innermost with more than one epoch, else the
        innermost; where none does, the evaluator.
      step: A function of no arguments that returns another step, such as
        `lambda: trainer.state.iteration`.
      kind: As in `pairs.summary`.
      select: As in `pairs.Collector`. None: the first 8 samples.
      metrics: By name, functions of ground truth and prediction of a batch that return one number
        per sample, beside the kind's own; False for no metrics at all.
      description: As in `pairs.summary`.
      resize: See there.
      denormalize: See there.
      one_hot: See there.
      writer: See there; a `TensorboardLogger` of ignite too.
      data_format: As in `pairs.summary`.
      gathers: Whether a run of the evaluator is one of all processes of `torch.distributed`, each
        with its share: each then waits for the others. False where only one runs it, with all
        samples: it then writes by itself.

    Raises:
      ValueError: If an argument is not as described.
    """

    def __init__(
        self,
        name: str,
        batch: Sequence[Any] | Callable[[Any], Any] = (0, 1),
        *,
        trainer: Any = None,
        step: Callable[[], int] | None = None,
        kind: Any = None,
        select: Any = None,
        metrics: Metrics = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = None,
        denormalize: Any = None,
        one_hot: bool = False,
        writer: Any = None,
        data_format: Literal["channels_last", "channels_first"] = "channels_first",
        gathers: bool = True,
    ) -> None:
        self._name = name
        self._batch = batch
        self._keys = None if callable(batch) else make_reader(batch)
        self._trainer, self._step = trainer, step
        self._training = Training("ignite")
        options = EvaluationOptions(
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
        self._gathers = gathers
        self._evaluation = Evaluation(name, options, gathers=gathers)

    def attach(self, engine: Any) -> None:
        """Has an evaluator call this handler."""
        if self._trainer is not None:
            # It may be running already.
            self._training.begin()
            self._trainer.add_event_handler(Events.STARTED, self.begin_training)
        engine.add_event_handler(Events.EPOCH_STARTED, self.begin)
        engine.add_event_handler(Events.ITERATION_COMPLETED, self.add)
        engine.add_event_handler(Events.EPOCH_COMPLETED, self.write)

    def begin_training(self) -> None:
        """Notes that errors must not end the training from now on."""
        self._training.begin()
        self._evaluation.begin_training()

    def begin(self, engine: Any) -> None:
        """Begins a pass."""
        trainer = self._find_trainer(engine) if self._trainer is None else None
        if trainer is not None and not trainer.has_event_handler(
            self.begin_training, Events.STARTED
        ):
            # As if it had been given, so that its next training writes the same steps again.
            trainer.add_event_handler(Events.STARTED, self.begin_training)
            self.begin_training()
        self._evaluation.begin()

    def add(self, engine: Any) -> None:
        """Keeps the selected pairs of a batch."""
        if not self._evaluation.is_full:
            self._evaluation.add(
                lambda: self._read(engine),
                is_running=self._is_training(engine),
                loader=engine.state.dataloader,
            )

    def write(self, engine: Any) -> None:
        """Writes the kept pairs."""
        trainer = self._trainer or self._find_trainer(engine) or engine
        step = self._step or (lambda: trainer.state.epoch)
        self._evaluation.write(step, is_running=self._is_training(engine))

    def _is_training(self, engine: Any = None, *args: Any, **named: Any) -> bool:
        if self._training.is_running or self._find_trainer(engine) is not None:
            return True
        return self._trainer is None and self._evaluation.has_accepted

    def _find_trainer(self, evaluator: Any) -> Any:
        """Returns the engine around the run of an evaluator that trains; None if there is none.

        Engines around it may be the folds of a cross-validation, outside, or another evaluator,
        inside, whose one epoch says nothing.
        """
        engines = list(self._training.find_owners(Engine))
        own = [number for number, one in enumerate(engines) if one is evaluator]
        around = engines[own[-1] + 1 :] if own else engines
        several = (one for one in around if _has_epochs(one.state))
        return next(several, around[0] if around else None)

    def _read(self, engine: Any) -> Batch:
        """Returns the batch that an evaluator has just worked on.

        Raises:
          ValueError: If it has not what `batch` says.
        """
        if self._keys is None:
            assert callable(self._batch)
            return to_batch(self._batch(engine))
        output = engine.state.output
        prediction = output[0] if isinstance(output, (tuple, list)) else output
        read = self._keys(engine.state.batch)
        return Batch(read.ground_truth, prediction, image=read.image)


def _has_epochs(state: Any) -> bool:
    """Says whether an engine runs for more than one epoch."""
    if state.max_epochs is not None:
        return bool(state.max_epochs > 1)
    # Where it counts iterations instead.
    return bool((state.max_iters or 0) > (state.epoch_length or float("inf")))
