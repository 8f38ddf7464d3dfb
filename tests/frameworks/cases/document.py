# SPDX-License-Identifier: Apache-2.0
"""Runs the Python of one section of `docs/frameworks.md`: `document LOGDIR HEADING`.

What a section takes for granted is made here.
"""

import os
import re
import sys
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "frameworks.md"

COMMON = """
import os
import numpy as np
import tb_pairs_plugin as pairs
step = 3
photos = np.random.default_rng(0).random((4, 8, 8, 3), np.float32)
masks = np.random.default_rng(1).integers(0, 3, (4, 8, 8), np.uint8)
scores = np.random.default_rng(2).random((4, 8, 8, 3), np.float32)
depth = np.ones((4, 8, 8), np.float32)
predicted = depth * 2
"""
TENSORFLOW = """
import tensorflow as tf
dataset = [(photos, masks)]
model = lambda x: x
"""
TORCH = """
import torch
photos, masks, scores = map(torch.from_numpy, (photos, masks, scores))
photos, scores = (x.permute(0, 3, 1, 2) for x in (photos, scores))
loader = [(photos, masks)]
model = torch.nn.Conv2d(3, 3, 1)
"""
BEFORE = {
    "TensorFlow": TENSORFLOW,
    "Several replicas": TENSORFLOW
    + """
(cpu,) = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
whole = tf.data.Dataset.from_tensor_slices((photos, photos)).batch(4)
photos, masks = next(iter(strategy.experimental_distribute_dataset(whole)))
writer = tf.summary.create_file_writer("logs/run")
writer.set_as_default()
""",
    "Keras": """
import keras
x = x_val = y = y_val = np.random.default_rng(0).random((20, 8, 8, 1), np.float32)
model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(1, 1)])
model.compile("sgd", "mae")
""",
    "Sessions of TensorFlow 1": TENSORFLOW
    + """
graph = tf.Graph().as_default()
graph.__enter__()
photos, depth, predicted = map(tf.constant, (photos, depth, predicted))
train_op = tf.compat.v1.assign_add(tf.compat.v1.train.get_or_create_global_step(), 1)
stop = tf.compat.v1.train.StopAtStepHook(3)
MonitoredTrainingSession = tf.compat.v1.train.MonitoredTrainingSession
tf.compat.v1.train.MonitoredTrainingSession = lambda hooks: MonitoredTrainingSession(
    hooks=[*hooks, stop]
)
""",
    "Estimators": TENSORFLOW
    + """
from tb_pairs_plugin.session_hook import PairsHook
network = lambda x: x[..., 0] * tf.compat.v1.get_variable("a", initializer=1.0)
train = lambda loss: tf.compat.v1.train.GradientDescentOptimizer(0.1).minimize(
    loss, tf.compat.v1.train.get_global_step()
)
samples = np.random.default_rng(0).random((20, 8, 8, 3), np.float32)
read = lambda: tf.data.Dataset.from_tensor_slices(
    ({"photo": samples, "index": np.arange(20)}, samples[..., 0])
).batch(4)
""",
    "PyTorch": TORCH,
    "Loops like torchvision's": TORCH
    + """
mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
normalized = (photos - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None]
data_loader = [(normalized, masks)]
network = model

class Segmentation(torch.nn.Module):
    def forward(self, x):
        return {"out": network(x)}

model = Segmentation()
""",
    "Lightning": TORCH
    + """
import lightning
from lightning.pytorch.loggers import TensorBoardLogger

class Segmentation(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Conv2d(3, 3, 1)
    def forward(self, x):
        return self.layer(x)
    def training_step(self, batch):
        return self(batch[0]).mean()
    def validation_step(self, batch):
        return self(batch[0])
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.1)

module = Segmentation()
train_loader = val_loader = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(photos, masks), batch_size=4
)
""",
    "transformers": TORCH
    + """
from types import SimpleNamespace
from transformers import (
    SegformerConfig, SegformerForSemanticSegmentation, Trainer, TrainingArguments
)
processor = SimpleNamespace(do_normalize=True, image_mean=[0.5], image_std=[0.5])
dataset = [
    {"pixel_values": x * 2 - 1, "labels": y.long()}
    for x, y in zip(torch.rand(4, 3, 32, 32), torch.zeros(4, 32, 32), strict=True)
]
model = SegformerForSemanticSegmentation(
    SegformerConfig(
        num_labels=3, hidden_sizes=[8] * 4, num_attention_heads=[1] * 4, depths=[1] * 4
    )
)
args = TrainingArguments(
    "logs", eval_strategy="epoch", save_strategy="no", report_to="tensorboard", use_cpu=True,
    num_train_epochs=1,
)
""",
    "fastai": TORCH
    + """
from fastai.data.core import DataLoaders
from fastai.learner import Learner
from fastai.losses import CrossEntropyLossFlat
loader = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(photos, masks.long()), batch_size=4
)
dls = DataLoaders(loader, loader)
loss = CrossEntropyLossFlat(axis=1)
""",
    "ignite": TORCH
    + """
from ignite.engine import Engine, create_supervised_evaluator
trainer = Engine(lambda engine, batch: None)
evaluator = create_supervised_evaluator(model)
""",
    "MONAI": TORCH
    + """
from ignite.engine import Engine
trainer = Engine(lambda engine, batch: None)
item = {"image": torch.rand(1, 8, 8, 4) * 400 - 160, "label": torch.ones(1, 8, 8, 4)}
evaluator = Engine(lambda engine, batch: [{**item, "pred": item["label"]}])
loader = [0]
""",
    "MMEngine": TORCH
    + """
from mmengine.runner import Runner
from tests.frameworks.cases.mmengine_runner import config_of
config = config_of("logs", "run")
""",
    "accelerate": TORCH.replace("photos, scores = (", "_ = (")
    + "from accelerate import Accelerator\n",
    "Flax and clu": "",
    "tensorboardX": "",
    "JAX, NumPy, anything else": "",
}
AFTER = {
    "Loops like torchvision's": "evaluate(model, data_loader, 0)\n",
    "Estimators": """
estimator = tf.estimator.Estimator(model_fn, "logs/run")
tf.estimator.train_and_evaluate(
    estimator,
    tf.estimator.TrainSpec(read, max_steps=2),
    tf.estimator.EvalSpec(read, steps=None, throttle_secs=0),
)
""",
    "ignite": "evaluator.run(loader)\n",
    "MONAI": "evaluator.run(loader)\n",
    "accelerate": "accelerator.end_training()\n",
}


def sections():
    """Returns the Python of each section that has any, by its heading."""
    parts = re.split(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {
        heading: "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {heading: code for heading, code in found.items() if code}


if __name__ == "__main__":
    logdir, heading = sys.argv[1:]
    os.chdir(logdir)
    program = COMMON + BEFORE[heading] + sections()[heading] + AFTER.get(heading, "")
    exec(compile(program, f"<{heading}>", "exec"), {"__name__": "__main__"})
