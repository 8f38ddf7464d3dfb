# SPDX-License-Identifier: Apache-2.0
"""The Trainer of transformers: `transformers_trainer LOGDIR`.

Models of random weights that need no download; each writes what `expected.npz` says it must.
"""

import copy
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional as F
from transformers import (
    SegformerConfig,
    SegformerForSemanticSegmentation,
    SegformerImageProcessor,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)
from transformers.utils import ModelOutput

import tb_pairs_plugin as pairs
from tb_pairs_plugin.transformers import PairsTrainerCallback
from tests.frameworks.cases.checks import interrupted, refused, warned_once
from tests.writing import event_files

MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


class Processor(SegformerImageProcessor):
    """The library's own, which tells how many batches it has made masks of."""

    batches = 0

    def post_process_semantic_segmentation(self, *given, **named):
        Processor.batches += 1
        return super().post_process_semantic_segmentation(*given, **named)


PROCESSOR = Processor(image_mean=MEAN, image_std=STD)
logdir = Path(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(0)

photos = torch.randint(0, 256, (10, 3, 32, 64), dtype=torch.uint8)
labels = torch.randint(0, 4, (10, 32, 64))
labels[:, :3] = 255
normalized = (photos / 255 - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]


def trainer(model, name, truths=labels, images=normalized, callbacks=(), **options):
    data = [
        {"pixel_values": image, "labels": truth}
        for image, truth in zip(images, truths, strict=True)
    ]
    args = TrainingArguments(
        str(logdir / name),
        per_device_train_batch_size=5,
        per_device_eval_batch_size=4,
        num_train_epochs=2,
        learning_rate=0.0,
        save_strategy="no",
        use_cpu=True,
        disable_tqdm=True,
        **{"eval_strategy": "epoch", "report_to": "none", **options},
    )
    return Trainer(model, args, train_dataset=data, eval_dataset=data, callbacks=list(callbacks))


class Other(torch.nn.Module):
    """A model of depth, or from image to image: it makes half of the brightness."""

    config = SimpleNamespace(id2label=None, keys_to_ignore_at_inference=[])

    def __init__(self, key):
        super().__init__()
        self.key = key
        self.share = torch.nn.Parameter(torch.tensor(0.5))

    def forward(self, pixel_values, labels):
        made = pixel_values * self.share
        made = F.avg_pool2d(made.mean(1), 2) if self.key == "predicted_depth" else made
        return ModelOutput({"loss": made.mean(), self.key: made})


def segmentation():
    config = SegformerConfig(
        num_labels=4, hidden_sizes=[8, 8, 8, 8], num_attention_heads=[1, 1, 1, 1], depths=[1] * 4
    )
    return SegformerForSemanticSegmentation(config)


model = segmentation()
one = trainer(model, "masks", report_to="tensorboard")
one.add_callback(PairsTrainerCallback("masks", processor=PROCESSOR, select=range(10), writer=one))
one.add_callback(PairsTrainerCallback("worst", select=pairs.worst(3), image=None, writer=one))
one.train()
# The step of the last evaluation: there is one record of it, and another tag of another data set.
one.evaluate()
one.evaluate(metric_key_prefix="eval_other")
one.predict(one.eval_dataset)
(board,) = (path for path in logdir.glob("masks/runs/*") if path.is_dir())
model.eval()
with torch.no_grad():
    large = F.interpolate(model(normalized).logits, (32, 64), mode="bilinear")
np.savez(logdir / "expected.npz", photos=photos, labels=labels, masks=large.argmax(1))
# Three evaluations were written, of three batches each.
assert Processor.batches >= 9, Processor.batches
# The file belongs to the training: what it logs is beside the pairs.
assert board.name != "pairs"

trainer(
    Other("predicted_depth"),
    "depth",
    truths=labels.float() + 1,
    images=photos / 255,
    callbacks=[PairsTrainerCallback("depth")],
).evaluate()
(record,) = event_files.read(logdir / "depth" / "runs" / "pairs")
assert record.kind["name"] == "heatmap"
assert record.step == 0
assert len(record.samples) == 8
assert record.samples[0].metrics["mae"] is not None

image = trainer(Other("reconstruction"), "image", truths=photos / 255, images=photos / 255)
image.add_callback(PairsTrainerCallback("image", writer=logdir / "image" / "run"))
image.train()
records = event_files.read(logdir / "image" / "run")
assert [record.step for record in records] == [2, 4]
assert records[0].kind["name"] == "image"
made = records[0].samples[0].prediction.values * 255
np.testing.assert_allclose(made, photos[0].permute(1, 2, 0) / 2, atol=0.501)


class Scores(Other):
    """A model of scores of four classes, that says of its classes what is given."""

    def __init__(self, config):
        super().__init__("logits")
        self.config = config

    def forward(self, pixel_values, labels):
        made = torch.stack([labels == i for i in range(4)], 1) * self.share
        return ModelOutput({"loss": made.mean(), "logits": made})


# What a model says of its classes ends no training; what can be used of it is.
described = SimpleNamespace(
    id2label=["a", "b"], semantic_loss_ignore_index=255, keys_to_ignore_at_inference=[]
)
odd = trainer(Scores(described), "odd", images=photos / 255)
odd.add_callback(PairsTrainerCallback("odd", writer=logdir / "odd" / "run"))
with warned_once("goes on without the classes of the model of 'odd': AttributeError", __file__):
    odd.train()
records = event_files.read(logdir / "odd" / "run")
assert [record.step for record in records] == [2, 4]
assert records[0].kind == {"name": "mask", "classes": [], "ignore": [255]}
assert records[0].samples[0].metrics["iou"] == 1

# What is wrong: alone it is an error, in a training a warning.
wrong = trainer(segmentation(), "wrong")
wrong.add_callback(PairsTrainerCallback("wrong", ground_truth="masks", writer=logdir / "w"))
refused("the model was not seen", wrong.evaluate)
refused("the model is given no 'masks'", wrong.evaluate)
photographs = trainer(segmentation(), "wrong")
photographs.add_callback(PairsTrainerCallback("normalized", writer=logdir / "w"))
with warned_once(
    "goes on without a batch of 'normalized': DataError: image[0] is float32", __file__
):
    photographs.train()
refused("which has no writer yet", pairs.summary, "t", labels, labels, 0, writer=photographs)


class Interrupt(TrainerCallback):
    """Ends what the Trainer does, as Ctrl-C does."""

    def __init__(self, event):
        setattr(self, event, self.end)

    def end(self, args, state, control, **kwargs):
        raise KeyboardInterrupt


# After a training that was interrupted there is none to spare, wherever it was.
for event in ("on_step_end", "on_prediction_step"):
    callbacks = [PairsTrainerCallback("stopped", writer=logdir / "w"), Interrupt(event)]
    stopped = trainer(segmentation(), "wrong", callbacks=callbacks)
    interrupted(stopped.train)
    stopped.pop_callback(Interrupt)
    refused("image[0] is float32", stopped.evaluate)
assert not (logdir / "w").exists()

# What an evaluation had collected that was interrupted is in no record.
whole = PairsTrainerCallback("half", processor=PROCESSOR, select=range(10), writer=logdir / "half")
half = trainer(segmentation(), "half", callbacks=[whole, Interrupt("on_prediction_step")])
interrupted(half.evaluate)
interrupted(half.train)
half.pop_callback(Interrupt)
half.evaluate()
(record,) = event_files.read(logdir / "half")
assert [sample.id for sample in record.samples] == [str(i) for i in range(10)]
first = record.samples[0].ground_truth.values[..., 0]
np.testing.assert_array_equal(first, labels[0])

# Nor are its pairs taken for those of the next where both have the same data loader.
loader = half.get_eval_dataloader()
half.get_eval_dataloader = lambda *given: loader
half.add_callback(Interrupt("on_prediction_step"))
half.state.global_step = 1
interrupted(half.evaluate)
half.pop_callback(Interrupt)
with warned_once("the evaluation before this one ended early", __file__):
    half.evaluate()
assert len(event_files.read(logdir / "half")) == 1
half.evaluate()
assert [len(record.samples) for record in event_files.read(logdir / "half")] == [10, 10]

# What a Trainer evaluates may be any iterable, also one of which there are no weak references.
listed = trainer(segmentation(), "listed")
batches = list(listed.get_eval_dataloader())
listed.get_eval_dataloader = lambda *given: batches
listed.add_callback(
    PairsTrainerCallback("v", processor=PROCESSOR, select=range(10), writer=logdir / "listed")
)
listed.train()
assert [len(record.samples) for record in event_files.read(logdir / "listed")] == [10, 10]

# A model that is watched is saved and copied as any other. (Those of transformers are not, once
# they have run: they have hooks of its own.)
torch.save(image.model, logdir / "model.pt")
for model in (copy.deepcopy(image.model), torch.load(logdir / "model.pt", weights_only=False)):
    again = trainer(model, "again", truths=photos / 255, images=photos / 255)
    again.add_callback(PairsTrainerCallback("again", writer=again))
    refused("which has no writer yet", again.evaluate)
