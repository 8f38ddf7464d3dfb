# SPDX-License-Identifier: Apache-2.0
"""Engines of ignite inside of others: `ignite_nested LOGDIR`."""

import sys
import warnings
from pathlib import Path

import torch
from ignite.engine import Engine, Events

import tb_pairs_plugin as pairs
from tb_pairs_plugin.ignite import PairsHandler
from tests.frameworks.cases.checks import refused
from tests.writing import event_files

warnings.simplefilter("ignore")
warnings.simplefilter("error", pairs.PairsWarning)
logdir = Path(sys.argv[1])
photos = torch.rand(2, 3, 6, 7)
PASS = [(photos, photos)]


def runs(inner, data=PASS, **options):
    """Returns a handler, of an event, that runs another engine."""
    return lambda engine: inner.run(data, **options)


def idle():
    """Returns an engine that does nothing but call its handlers."""
    return Engine(lambda engine, batch: None)


def evaluator_of(name, **options):
    """Returns an evaluator whose pictures go to a directory of that name."""
    evaluator = Engine(lambda engine, batch: batch[0])
    PairsHandler(name, writer=logdir / name, **options).attach(evaluator)
    return evaluator


def trainer_of(inner):
    """Returns an engine that runs another one after each of its epochs."""
    trainer = idle()
    trainer.add_event_handler(Events.EPOCH_COMPLETED, runs(inner))
    return trainer


def train_anew(inner, epochs):
    """Returns a handler that trains with an engine of its own."""
    return lambda engine: trainer_of(inner).run([0], max_epochs=epochs)


def steps(name):
    return [record.step for record in event_files.read(logdir / name)]


# Folds, each with a trainer of its own, or one that starts over: epochs are the trainer's.
for name, epochs in (("fold_epochs", {"max_epochs": 3}), ("fold_batches", {"max_epochs": 1})):
    folds = idle()
    folds.add_event_handler(Events.ITERATION_COMPLETED, train_anew(evaluator_of(name), 2))
    folds.run([0] if name == "fold_epochs" else [0, 1, 2], **epochs)
    assert steps(name) == [1, 2] * 3, (name, steps(name))
folds, trainer = idle(), trainer_of(evaluator_of("again"))
folds.add_event_handler(Events.EPOCH_COMPLETED, runs(trainer, [0], max_epochs=2))
folds.run([0], max_epochs=3)
assert steps("again") == [1, 2] * 3, steps("again")

# A trainer of one epoch writes that of each fold.
folds = idle()
folds.add_event_handler(Events.ITERATION_COMPLETED, train_anew(evaluator_of("short"), 1))
folds.run([0, 1, 2])
assert steps("short") == [1] * 3, steps("short")

# An evaluator that another one runs: neither trains.
for name, whole, part in (
    ("inner", {"max_epochs": 3}, {}),
    ("inner_counted", {"max_epochs": 3}, {"max_iters": 2}),
    ("inner_iterations", {"max_iters": 6}, {"max_iters": 2}),
):
    trainer = idle()
    around = runs(trainer_of(evaluator_of(name)), [0, 1], **part)
    trainer.add_event_handler(Events.EPOCH_COMPLETED, around)
    trainer.run([0, 1], **whole)
    assert steps(name) == [1, 2, 3], (name, steps(name))
folds = idle()
folds.add_event_handler(
    Events.ITERATION_COMPLETED, train_anew(trainer_of(evaluator_of("inner_folds")), 2)
)
folds.run([0, 1, 2])
assert steps("inner_folds") == [1, 2] * 3, steps("inner_folds")

# One that is alone before and after a training has an epoch of its own.
evaluator = evaluator_of("alone")
evaluator.run(PASS)
trainer_of(evaluator).run([0], max_epochs=2)
evaluator.run(PASS)
assert steps("alone") == [1, 1, 2, 1], steps("alone")

# In a loop of the program's own it has its own epoch only, which is said as soon as pairs differ.
evaluator = evaluator_of("own_loop")
evaluator.run(PASS)
evaluator.run(PASS)
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always", pairs.PairsWarning)
    evaluator.run([(photos, photos / 2)])
    evaluator.run([(photos / 2, photos)])
assert len(said) == 1 and "pass step=" in str(said[0].message), said
assert steps("own_loop") == [1], steps("own_loop")

# One training after another, of the same engine and of others, each from its first epoch.
evaluator = evaluator_of("twice")
trainer = trainer_of(evaluator)
for engine in (trainer, trainer, trainer_of(evaluator)):
    engine.state.max_epochs = None
    engine.run([0], max_epochs=1)
assert steps("twice") == [1] * 3, steps("twice")

# A toolkit may evaluate twice at the end of a training.
evaluator = evaluator_of("end")
trainer = trainer_of(evaluator)
trainer.add_event_handler(Events.COMPLETED, runs(evaluator))
trainer.run([0], max_epochs=2)
assert steps("end") == [1, 2], steps("end")

# One engine that is named stays the one, whichever others run.
trainer, folds = idle(), idle()
trainer.add_event_handler(
    Events.EPOCH_COMPLETED, runs(trainer_of(evaluator_of("named", trainer=folds)))
)
folds.add_event_handler(Events.EPOCH_COMPLETED, runs(trainer, [0], max_epochs=2))
folds.run([0], max_epochs=3)
assert steps("named") == [1, 2, 3], steps("named")

# An engine around it is a training to spare; after it, there is none.
folds = idle()
evaluator = evaluator_of("wrong", batch=(0, 5))
folds.add_event_handler(Events.ITERATION_COMPLETED, train_anew(evaluator, 2))
with warnings.catch_warnings():
    warnings.simplefilter("ignore", pairs.PairsWarning)
    folds.run([0, 1])
assert folds.state.iteration == 2
refused("5 as a key", evaluator.run, PASS)
