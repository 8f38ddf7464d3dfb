# SPDX-License-Identifier: Apache-2.0
"""Evaluators of MONAI and ignite inside of trainers: `monai_evaluator LOGDIR`."""

import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from ignite.engine import Engine, Events, create_supervised_evaluator
from ignite.handlers.tensorboard_logger import TensorboardLogger
from monai.data import DataLoader, Dataset
from monai.engines import SupervisedEvaluator, SupervisedTrainer
from monai.handlers import ValidationHandler
from monai.transforms import AsDiscreted, Compose, EnsureTyped

import tb_pairs_plugin as pairs
from tb_pairs_plugin import ignite, monai
from tests.frameworks.cases.checks import interrupted, refused, warned_once
from tests.writing import event_files

warnings.simplefilter("ignore")
warnings.simplefilter("error", pairs.PairsWarning)
logdir = Path(sys.argv[1])
torch.set_num_threads(1)
rng = np.random.default_rng(0)
WINDOW = (-160, 240)


class Thresholds(torch.nn.Module):
    """Scores of three classes by intensity; exact, and with nothing to learn."""

    def __init__(self):
        super().__init__()
        self.bias = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return torch.cat([-x.abs(), -(x - 100).abs(), -(x - 200).abs()], 1) + self.bias


def data(shape):
    return [
        {
            "image": rng.integers(-160, 241, (1, *shape)).astype(np.float32),
            "label": rng.integers(0, 3, (1, *shape)).astype(np.float32),
        }
        for _ in range(3)
    ]


def train(samples, epochs=2, **handler):
    """Trains, with a validation after each epoch of two iterations."""
    loader = DataLoader(Dataset(samples, EnsureTyped(["image", "label"])), batch_size=2)
    one_hot = Compose([AsDiscreted(["pred", "label"], argmax=[True, False], to_onehot=3)])
    model = Thresholds()
    evaluator = SupervisedEvaluator(
        device="cpu", val_data_loader=loader, network=model, postprocessing=one_hot
    )
    trainer = SupervisedTrainer(
        device="cpu",
        max_epochs=epochs,
        train_data_loader=loader,
        network=model,
        optimizer=torch.optim.SGD(model.parameters(), 0.0),
        loss_function=lambda made, label: made.mean(),
        train_handlers=[ValidationHandler(interval=1, validator=evaluator)],
    )
    monai.PairsHandler(trainer=trainer, window=WINDOW, **handler).attach(evaluator)
    trainer.run()
    return evaluator


def expected(samples):
    images = np.stack([one["image"][0] for one in samples])
    classes = np.stack([-abs(images), -abs(images - 100), -abs(images - 200)]).argmax(0)
    labels = np.stack([one["label"][0] for one in samples])
    return images, labels.astype(int), classes


flat, volumes = data((6, 7)), data((6, 7, 9))
train(flat, name="flat", writer=logdir / "monai")
train(volumes, name="volume", slices=[0, 4], writer=logdir / "monai", select=["0/0", "2/4"])
train(volumes, name="even", slices=3, axis=1, writer=logdir / "monai", keys=(None, "label", "pred"))
names = ("images", "labels", "masks")
np.savez(
    logdir / "expected.npz",
    **{f"flat_{name}": one for name, one in zip(names, expected(flat), strict=True)},
    **{f"volume_{name}": one for name, one in zip(names, expected(volumes), strict=True)},
)

# What is wrong ends no training; alone it is an error.
says = "goes on without a batch of 'wrong': ValueError: the evaluator puts out"
with warned_once(says, __file__):
    wrong = train(flat, name="wrong", writer=logdir / "wrong", keys=("image", "mask", "pred"))
refused("the evaluator puts out", wrong.run)
assert not (logdir / "wrong").exists()

# ignite alone: images to images, through its own logger.
photos = torch.rand(4, 3, 6, 7)
batches = [((photos[:2] - 0.5) / 0.25, photos[:2]), ((photos[2:] - 0.5) / 0.25, photos[2:])]
trainer = Engine(lambda engine, batch: None)
evaluator = create_supervised_evaluator(torch.nn.Identity())
logger = TensorboardLogger(log_dir=str(logdir / "ignite"))
ignite.PairsHandler(
    "photo", trainer=trainer, denormalize=(0.5, 0.25), select=[3, 0], writer=logger
).attach(evaluator)
trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda engine: evaluator.run(batches))
trainer.run(batches, max_epochs=3)
logger.close()
records = event_files.read(logdir / "ignite")
assert [record.step for record in records] == [1, 2, 3]
assert [sample.id for sample in records[0].samples] == ["0", "3"]
for sample, photo in zip(records[2].samples, (photos[0], photos[3]), strict=True):
    want = photo.permute(1, 2, 0) * 255
    np.testing.assert_allclose(sample.image.values * 255, want, atol=0.51)
    np.testing.assert_allclose(sample.ground_truth.values * 255, want, atol=0.51)

# The next training comes to the same step, and writes it too.
ignite.PairsHandler("again", (None, 1), trainer=trainer, writer=logdir / "again").attach(evaluator)
for _ in range(2):
    trainer.state.max_epochs = None
    trainer.run(batches, max_epochs=1)
assert [record.step for record in event_files.read(logdir / "again")] == [1, 1]


def interrupt(engine):
    """Ends a training as Ctrl-C does."""
    raise KeyboardInterrupt


# After a training that was interrupted there is none to spare.
lone = create_supervised_evaluator(torch.nn.Identity())
stopped = Engine(lambda engine, batch: None)
ignite.PairsHandler("stopped", (0, 5), trainer=stopped, writer=logdir / "alone").attach(lone)
with stopped.add_event_handler(Events.ITERATION_COMPLETED, interrupt):
    interrupted(stopped.run, batches, max_epochs=1)
refused("5 as a key", lone.run, batches)
# A handler that is attached while a training runs spares it, too.
late = Engine(lambda engine, batch: None)


@late.on(Events.STARTED)
def evaluate(engine):
    """Attaches a handler, and evaluates."""
    once = create_supervised_evaluator(torch.nn.Identity())
    ignite.PairsHandler("late", (0, 5), trainer=late, writer=logdir / "alone").attach(once)
    once.run(batches)


with warned_once("goes on without a batch of 'late': ValueError: batch has 5", __file__):
    late.run(batches, max_epochs=1)


class Forgetful:
    """What an evaluator makes of a batch: nothing, at the first of epoch 2."""

    def __init__(self, trainer):
        self.trainer = trainer

    def __call__(self, engine, batch):
        if self.trainer.state.epoch == 2 and engine.state.iteration == 1:
            return None
        return batch[0]


def forgetful(name, **options):
    """Trains for three epochs; returns the steps and ids of the records."""
    trainer = Engine(lambda engine, batch: None)
    evaluator = Engine(Forgetful(trainer))
    ignite.PairsHandler(name, (None, 1), writer=logdir / name, **options).attach(evaluator)
    trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda engine: evaluator.run(data_loader))
    trainer.run([0], max_epochs=3)
    assert trainer.state.epoch == 3
    return {
        record.step: [sample.id for sample in record.samples]
        for record in event_files.read(logdir / name)
    }


# An evaluator that a training runs needs no `trainer=` to spare it; what is right is written.
data_loader = [(photos[:2], photos[:2]), (photos[2:], photos[2:])]
with warned_once("goes on without a batch of 'forgetful': ", __file__):
    steps = forgetful("forgetful")
assert steps == {1: list("0123"), 2: list("23"), 3: list("0123")}


def step():
    """Returns a step but once."""
    calls.append(len(calls))
    return {}["x"] if len(calls) == 2 else calls[-1]


calls = []
with warned_once("goes on without a record of 'stepped': KeyError", __file__):
    train(flat, epochs=3, name="stepped", writer=logdir / "stepped", step=step)
assert [record.step for record in event_files.read(logdir / "stepped")] == [0, 2]

# Of a loop of the program's own, a batch that was accepted tells that it is a training.
for name, says in (("loop", "without a batch of 'loop': "), ("loop2", "of 'loop2': KeyError")):
    trained = SimpleNamespace(state=SimpleNamespace(epoch=0))
    evaluator = Engine(Forgetful(trained))
    broken = name == "loop2"
    number = step if broken else lambda trained=trained: trained.state.epoch
    calls = []
    ignite.PairsHandler(name, (None, 1), step=number, writer=logdir / name).attach(evaluator)
    with warned_once(says, __file__):
        for trained.state.epoch in (1, 3 if broken else 2, 3):
            evaluator.run(data_loader)

alone = create_supervised_evaluator(torch.nn.Identity())
ignite.PairsHandler("alone", (0, 5), writer=logdir / "alone").attach(alone)
refused("5 as a key", alone.run, batches)
truth = np.zeros((1, 8, 8), np.int64)
assert pairs.summary("t", truth, truth, 0, writer=TensorboardLogger(log_dir=str(logdir / "t")))
