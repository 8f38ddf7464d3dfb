# SPDX-License-Identifier: Apache-2.0
"""`PairsHook`: pairs from the sessions of `tf.compat.v1`, and from Estimators.

In the `model_fn` of an Estimator:

    pictures = PairsHook("val/depth", labels, depth, os.path.join(config.model_dir, "eval"))
    return tf.estimator.EstimatorSpec(mode, loss=loss, evaluation_hooks=[pictures])
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
import tensorflow as tf

from tb_pairs_plugin.writing import tolerance
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions
from tb_pairs_plugin.writing.guarding import Guarded, warn_on_errors
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.warn import NotWrittenWarning, warn_caller
from tb_pairs_plugin.writing.writers import places, resolving
from tb_pairs_plugin.writing.writers.writer import Writer

When: TypeAlias = Callable[[Mapping[str, Any]], Any]


class PairsHook(Guarded, tf.compat.v1.train.SessionRunHook):  # type: ignore[misc]
    """Fetches pairs with the batches of a session, and writes them as records.

    Without `every_steps` it writes **one record per session**, such as a whole evaluation pass;
    pass it to `EstimatorSpec(evaluation_hooks=...)`. (Estimators never call the `training_hooks` of
    an EVAL spec: doing that is a warning.) With `every_steps` it writes records of single batches;
    pass it to the `training_hooks` of a TRAIN spec, or to `MonitoredTrainingSession(hooks=...)`.

    The data set stays whole, and so do its metrics: to see chosen samples, fetch their index with
    each batch as `ids`, and name some in `select`.

    Args:
      name: The tag.
      ground_truth: Tensor `[k, h, w, c]` or `[k, h, w]`, or a sequence of k tensors.
      prediction: The same k.
      output_dir: Directory to write into. For evaluation it is the one of the metrics,
        `estimator.eval_dir(name)`, which is `<model_dir>/eval` if the evaluation has no name. All
        hooks and the Estimator share one event file there.
      image: k pictures that the model saw.
      ids: k ids: a tensor of texts or integers, best the index in the data set. None: the position
        in the pass.
      captions: k texts.
      metrics: Tensors of k numbers, by name, beside the kind's own; False for no metrics at all.
      attributes: Tensors of k texts, bools or numbers, by name.
      when: Which batches or samples count. A boolean tensor, of one or of k; or a function that
        returns such, given the fetched values by the names `ground_truth`, `prediction`, `image`,
        `ids`, `captions`, `metrics` and `global_step`. None: all.
      select: Which pairs to write, as in `pairs.summary`; without `every_steps`, of all that the
        session sees: `pairs.worst(8)` are the worst of the whole pass.
      max_outputs: The most pairs of a record. None: all that `select` names, the first 64 of a
        predicate, and the first 8 without a `select`.
      every_steps: Global steps from one record to the next. None: one record per session.
      kind: As in `pairs.summary`.
      description: See there.
      resize: See there.
      denormalize: See there.
      one_hot: See there.
      data_format: See there.

    Raises:
      ValueError: If an argument is not as described, or there is no graph.
    """

    def __init__(
        self,
        name: str,
        ground_truth: Any,
        prediction: Any,
        output_dir: str | os.PathLike[str],
        *,
        image: Any = None,
        ids: Any = None,
        captions: Any = None,
        metrics: Mapping[str, Any] | Literal[False] | None = None,
        attributes: Mapping[str, Any] | None = None,
        when: Any | When = None,
        select: Any = None,
        max_outputs: int | None = None,
        every_steps: int | None = None,
        kind: Kind | None = None,
        description: str | None = None,
        resize: Literal["bilinear"] | None = None,
        denormalize: Any = None,
        one_hot: bool = False,
        data_format: Literal["channels_last", "channels_first"] = "channels_last",
    ) -> None:
        if tf.executing_eagerly():
            raise ValueError(
                "PairsHook is made where TensorFlow runs eagerly, want a tf.Graph; eagerly, call "
                "pairs.summary"
            )
        self._name = name
        self._output_dir = os.fsdecode(output_dir)
        self._place = places.resolve_place(output_dir)
        self._graph = tf.compat.v1.get_default_graph()
        self._fetches = self._tensors(
            ground_truth=ground_truth,
            prediction=prediction,
            image=image,
            ids=ids,
            captions=captions,
            metrics=metrics or None,
            attributes=attributes,
            when=None if callable(when) else when,
        )
        self._when = when if callable(when) else None
        self._timer = None
        if every_steps is not None:
            self._timer = tf.compat.v1.train.SecondOrStepTimer(every_steps=every_steps)
        self._next_step: int | None = None
        self._seen = 0  # samples of the session, without `every_steps`
        self._is_due = True
        options = EvaluationOptions(
            select=select,
            max_outputs=max_outputs,
            metrics=False if metrics is False else None,
            kind=kind,
            description=description,
            data_format=data_format,
            resize=resize,
            denormalize=denormalize,
            one_hot=one_hot,
        )
        self._evaluation = Evaluation(name, options, gathers=False)
        self._writer: Any = None
        self._use = _Use(name, self._graph, is_for_steps=every_steps is not None)
        weakref.finalize(self, self._use.check)

    def begin(self) -> None:
        """Prepares for a session.

        Raises:
          ValueError: If its graph is not the one that the hook was made in, or has no global step.
        """
        self._use.has_begun = True
        self._writer = None
        if tf.compat.v1.get_default_graph() is not self._graph:
            raise ValueError(
                f"PairsHook({self._name!r}) was made in another graph than the session's, want it "
                "made where its tensors are, such as in the model_fn"
            )
        self._global_step = tf.compat.v1.train.get_global_step()
        if self._global_step is None:
            raise ValueError(
                f"PairsHook({self._name!r}) finds no global step, want one made with "
                "tf.compat.v1.train.get_or_create_global_step()"
            )
        if self._timer is None and _trains(self._graph):
            warn_caller(
                f"PairsHook({self._name!r}) is in a session that trains, and will write only once, "
                "at its end; every_steps=100 writes while it trains"
            )
        # One file for all that write to this directory; made in the graph, as Estimators do.
        with self._graph.as_default(), warn_on_errors(self._name, True, "its records"):
            self._writer = tf.compat.v1.summary.FileWriterCache.get(self._directory())
        self._seen = 0
        # The first batch is due, whichever step a session before this one came to.
        self._is_due, self._next_step = True, None
        if self._timer is not None:
            self._timer.reset()
        self._evaluation.begin_training()

    def before_run(self, run_context: Any) -> Any:
        """Asks for the pictures, unless no record is due."""
        if self._writer is None:
            return None
        if self._timer is not None and self._next_step is not None:
            self._is_due = self._timer.should_trigger_for_step(self._next_step)
        fetches = dict(self._fetches) if self._is_due else {}
        return tf.compat.v1.train.SessionRunArgs({**fetches, "global_step": self._global_step})

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Keeps the selected pairs of the batch; writes them where a record of a batch is due."""
        if self._writer is None:
            return
        if self._is_due:
            self._add(dict(run_values.results))
        if self._timer is None:
            return
        # The fetched number may be that before or after the training step, so the next
        # step is one of two; which one matters only where a record is near.
        latest_next = int(run_values.results["global_step"]) + 2
        if not self._is_due and not self._timer.should_trigger_for_step(latest_next):
            self._next_step = latest_next
            return
        step = int(run_context.session.run(self._global_step))
        if self._is_due:
            self._timer.update_last_triggered_step(step)
            self._write(step)
        self._next_step = step + 1

    def end(self, session: Any) -> None:
        """Writes the record of the pass."""
        if self._writer is None:
            return
        if self._timer is None:
            self._write(int(session.run(self._global_step)))
        with warn_on_errors(self._name, True, "the records that were not written yet"):
            self._writer.flush()

    def _is_training(self, *args: Any, **named: Any) -> bool:
        return self._writer is not None and self._is_spared()

    def _directory(self) -> str:
        """Returns the directory in the words of the Estimator, by which the cache has its writer.

        Two writers of one directory that begin in the same second have a file of the same name, and
        the later one empties it.
        """
        is_same = os.path.abspath(self._output_dir) == self._place
        return self._output_dir if is_same else self._place

    def _tensors(self, **arguments: Any) -> dict[str, Any]:
        given = {name: value for name, value in arguments.items() if value is not None}
        for name, value in given.items():
            for leaf in tf.nest.flatten(value, expand_composites=True):
                if not tf.is_tensor(leaf) or leaf.graph is not self._graph:
                    what = "of another graph" if tf.is_tensor(leaf) else type(leaf).__name__
                    raise ValueError(f"{name} has a value {what}, want tensors of this tf.Graph")
        return given

    def _add(self, fetched: dict[str, Any]) -> None:
        count = len(fetched["ground_truth"])
        fetched.setdefault("ids", range(self._seen, self._seen + count))
        self._seen += count if self._timer is None else 0
        self._evaluation.add(lambda: self._read(fetched), is_running=self._is_spared())
        tolerance.accept(self._resolved(), self._name)

    def _read(self, fetched: dict[str, Any]) -> Batch:
        """Returns those samples of a batch that count."""
        condition = fetched.pop("when", None)
        if self._when is not None:
            condition = self._when(fetched)
        fetched.pop("global_step")
        if condition is not None:
            keep = np.asarray(condition, bool)
            keep = keep if keep.ndim else np.full(len(fetched["ground_truth"]), keep)
            fetched = {name: _kept(value, keep) for name, value in fetched.items()}
        return Batch(**fetched)

    def _write(self, step: int) -> None:
        self._evaluation.write(step, self._writer, is_running=self._is_spared())

    def _is_spared(self) -> bool:
        """Says whether errors only warn: where a batch was accepted, a training is at stake."""
        return tolerance.was_accepted(self._resolved(), self._name)

    def _resolved(self) -> Writer:
        writer = resolving.resolve(self._writer)
        assert writer is not None
        return writer


class _Use:
    """Knows if a hook was called, and complains of one that should have been, but wasn't.

    A hook can't know who will call it. But once it is no longer needed, its graph tells whether a
    session was of the sort that it was made for.
    """

    def __init__(self, name: str, graph: tf.Graph, is_for_steps: bool) -> None:
        self.has_begun = False
        self._name = name
        self._graph = graph
        self._is_for_steps = is_for_steps

    def check(self) -> None:
        """Warns if the hook was passed where hooks are not called."""
        if self.has_begun:
            return
        # An Estimator drops the hooks that it won't call before it makes the session.
        evaluates = _evaluates(self._graph) or _will_evaluate(self._graph)
        if evaluates and not self._is_for_steps:
            session, place = "an evaluation", "evaluation_hooks, not as training_hooks"
        elif self._is_for_steps and _trains(self._graph) and _has_run(self._graph):
            session, place = "a training", "training_hooks, or as a hook of the session"
        else:
            return
        warn_caller(
            f"PairsHook({self._name!r}) was made for {session} that never called it, and wrote "
            f"nothing; pass it as one of the {place}",
            NotWrittenWarning,
        )


def _has_run(graph: tf.Graph) -> bool:
    """Says whether a monitored session was made of a graph: it adds an operation to wait for."""
    return bool(graph.get_collection(tf.compat.v1.GraphKeys.READY_OP))


def _evaluates(graph: tf.Graph) -> bool:
    """Says whether an evaluation was begun on a graph: it counts its steps in a variable."""
    return bool(graph.get_collection(tf.compat.v1.GraphKeys.EVAL_STEP))


def _will_evaluate(graph: tf.Graph) -> bool:
    """Says whether an Estimator has prepared a graph for evaluation, but made no session yet.

    It has then added its metrics; and only where it trains it reads the global step beforehand.
    """
    return (
        not _has_run(graph)
        and bool(graph.get_collection(tf.compat.v1.GraphKeys.METRIC_VARIABLES))
        and not graph.get_collection("global_step_read_op_cache")
    )


def _trains(graph: tf.Graph) -> bool:
    """Says whether a graph is there for training: an optimizer has noted its operation."""
    return not _evaluates(graph) and bool(graph.get_collection(tf.compat.v1.GraphKeys.TRAIN_OP))


def _kept(value: Any, keep: np.ndarray[Any, np.dtype[np.bool_]]) -> Any:
    if isinstance(value, Mapping):
        return {name: _kept(column, keep) for name, column in value.items()}
    if len(value) != len(keep):
        raise ValueError(f"when has {len(keep)} elements, want one, or {len(value)}, one per pair")
    return [one for one, is_kept in zip(value, keep, strict=True) if is_kept]
