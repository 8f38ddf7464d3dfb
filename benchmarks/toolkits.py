# SPDX-License-Identifier: Apache-2.0
"""What the callback of each toolkit adds to an epoch: the worst 8 masks of a validation.

Command: `.venv-frameworks/bin/python -m benchmarks.toolkits`, where the toolkits are; those that a
Python lacks are left out. `--help` lists its options. It takes Keras on the backend that Keras is
set to.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import pathlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

import tb_pairs_plugin as pairs
from benchmarks import options, tables

_CLASSES = 5
_CHOICE: dict[str, Any] = {"kind": pairs.Mask(), "select": pairs.worst(8)}


@dataclass(frozen=True)
class Work:
    """What is trained on.

    Attributes:
        images: float32 in [0, 1], shape [n, 3, h, w].
        labels: class ids, int64, shape [n, h, w].
        logs: a folder for all that is written.
        with_pairs: whether pairs are logged.
    """

    images: Any
    labels: Any
    logs: pathlib.Path
    with_pairs: bool

    def loader(self) -> Any:
        """Returns a torch DataLoader."""
        data = importlib.import_module("torch.utils.data")
        torch = importlib.import_module("torch")
        parts = [torch.from_numpy(part) for part in (self.images, self.labels)]
        return data.DataLoader(data.TensorDataset(*parts), batch_size=8)


# Prepares a training of one epoch with a validation, and returns what runs it.
Prepare: TypeAlias = Callable[[Work], Callable[[], object]]


def _network() -> Any:
    nn = importlib.import_module("torch.nn")
    layers = [nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 16, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Conv2d(16, _CLASSES, 1))


def _keras(work: Work) -> Callable[[], object]:
    keras = importlib.import_module("keras")
    ours = importlib.import_module("tb_pairs_plugin.keras")
    conv = keras.layers.Conv2D
    x = np.moveaxis(work.images, 1, -1)
    layers = [conv(16, 3, padding="same", activation="relu") for _ in range(2)]
    model = keras.Sequential([keras.Input(x.shape[1:]), *layers, conv(_CLASSES, 1)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    data = (x, work.labels)
    callbacks = [ours.PairsCallback(data, work.logs, image=True, **_CHOICE)]
    return lambda: model.fit(
        *data,
        batch_size=8,
        validation_data=data,
        verbose=0,
        callbacks=callbacks if work.with_pairs else [],
    )


def _lightning(work: Work) -> Callable[[], object]:
    lightning = importlib.import_module("lightning")
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    torch = importlib.import_module("torch")
    ours = importlib.import_module("tb_pairs_plugin.lightning")

    class Segmentation(lightning.LightningModule):  # type: ignore[misc, name-defined] # found while running
        def __init__(self) -> None:
            super().__init__()
            self.network = _network()

        def training_step(self, batch: Any) -> Any:
            return torch.nn.functional.cross_entropy(self.network(batch[0]), batch[1])

        def validation_step(self, batch: Any) -> Any:
            return self.network(batch[0])

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    callback = ours.PairsCallback("pairs", writer=work.logs, **_CHOICE)
    trainer = lightning.Trainer(
        max_epochs=1,
        accelerator="cpu",
        logger=False,
        callbacks=[callback] if work.with_pairs else [],
        num_sanity_val_steps=0,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    return lambda: trainer.fit(Segmentation(), work.loader(), work.loader())


def _transformers(work: Work) -> Callable[[], object]:
    library = importlib.import_module("transformers")
    ours = importlib.import_module("tb_pairs_plugin.transformers")
    config = library.SegformerConfig(
        num_labels=_CLASSES, hidden_sizes=[16] * 4, num_attention_heads=[1] * 4, depths=[1] * 4
    )
    data = [
        {"pixel_values": image, "labels": label}
        for image, label in zip(work.images, work.labels, strict=True)
    ]
    args = library.TrainingArguments(
        str(work.logs / "model"),
        per_device_train_batch_size=8,
        num_train_epochs=1,
        eval_strategy="epoch",
        save_strategy="no",
        report_to="none",
        use_cpu=True,
        disable_tqdm=True,
    )
    callback = ours.PairsTrainerCallback("pairs", writer=work.logs, **_CHOICE)
    trainer = library.Trainer(
        library.SegformerForSemanticSegmentation(config),
        args,
        train_dataset=data,
        eval_dataset=data,
        callbacks=[callback] if work.with_pairs else [],
    )
    trainer.remove_callback(library.PrinterCallback)
    return lambda: trainer.train()


def _ignite(work: Work) -> Callable[[], object]:
    engine = importlib.import_module("ignite.engine")
    torch = importlib.import_module("torch")
    ours = importlib.import_module("tb_pairs_plugin.ignite")
    network, loss = _network(), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    trainer = engine.create_supervised_trainer(network, optimizer, loss)
    evaluator = engine.create_supervised_evaluator(network)
    if work.with_pairs:
        handler = ours.PairsHandler("pairs", trainer=trainer, writer=work.logs, **_CHOICE)
        handler.attach(evaluator)
    loader = work.loader()
    trainer.add_event_handler(engine.Events.EPOCH_COMPLETED, lambda: evaluator.run(loader))
    return lambda: trainer.run(loader, max_epochs=1)


def _fastai(work: Work) -> Callable[[], object]:
    core = importlib.import_module("fastai.data.core")
    learner = importlib.import_module("fastai.learner")
    losses = importlib.import_module("fastai.losses")
    ours = importlib.import_module("tb_pairs_plugin.fastai")
    callback = ours.PairsCallback("pairs", writer=work.logs, **_CHOICE)
    learn = learner.Learner(
        core.DataLoaders(work.loader(), work.loader()),
        _network(),
        losses.CrossEntropyLossFlat(axis=1),
        cbs=[callback] if work.with_pairs else [],
        path=work.logs,
    )
    learn.remove_cbs([one for one in learn.cbs if one.name == "progress"])

    def run() -> None:
        with learn.no_logging():
            learn.fit(1)

    return run


def _mmengine(work: Work) -> Callable[[], object]:
    torch = importlib.import_module("torch")
    evaluator = importlib.import_module("mmengine.evaluator")
    models = importlib.import_module("mmengine.model")
    runner = importlib.import_module("mmengine.runner")
    structures = importlib.import_module("mmengine.structures")
    importlib.import_module("tb_pairs_plugin.mmengine")  # makes the hook known

    class Segmentor(models.BaseModel):  # type: ignore[misc, name-defined] # found while running
        def __init__(self) -> None:
            super().__init__()
            self.network = _network()

        def forward(self, inputs: Any, data_samples: Any, mode: str = "tensor") -> Any:
            scores = self.network(torch.stack(inputs) / 255)
            if mode == "loss":
                labels = torch.cat([sample.gt_sem_seg.data for sample in data_samples])
                return {"loss": torch.nn.functional.cross_entropy(scores, labels)}
            for sample, one in zip(data_samples, scores, strict=True):
                classes = one.argmax(0, keepdim=True)
                sample.pred_sem_seg = structures.PixelData(data=classes)
            return data_samples

    class Nothing(evaluator.BaseMetric):  # type: ignore[misc, name-defined] # found while running
        def process(self, data_batch: Any, data_samples: Any) -> None:
            self.results.append(0)

        def compute_metrics(self, results: Any) -> dict[str, float]:
            return {}

    # Pictures of MMSegmentation are of 8 bits.
    photos = torch.from_numpy(np.rint(work.images * 255).astype(np.uint8))
    data = [
        {
            "inputs": photo,
            "data_samples": structures.BaseDataElement(
                gt_sem_seg=structures.PixelData(data=torch.from_numpy(label)[None])
            ),
        }
        for photo, label in zip(photos, work.labels, strict=True)
    ]

    def loader(shuffle: bool) -> dict[str, Any]:
        sampler = {"type": "DefaultSampler", "shuffle": shuffle}
        return {"dataset": data, "batch_size": 8, "num_workers": 0, "sampler": sampler}

    hook = {"type": "PairsHook", "name": "pairs", "writer": str(work.logs), **_CHOICE}
    trainer = runner.Runner(
        model=Segmentor(),
        work_dir=str(work.logs / "work"),
        # Of one process of the benchmark many trainings are made.
        experiment_name=f"{work.logs.name}-{work.with_pairs}",
        train_dataloader=loader(shuffle=True),
        val_dataloader=loader(shuffle=False),
        train_cfg={"by_epoch": True, "max_epochs": 1},
        val_cfg={},
        optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.1}},
        val_evaluator=evaluator.Evaluator(Nothing()),
        default_hooks={"checkpoint": None},
        custom_hooks=[hook] if work.with_pairs else [],
        log_level="ERROR",
    )
    return lambda: trainer.train()


_TOOLKITS: dict[str, Prepare] = {
    "keras": _keras,
    "lightning": _lightning,
    "transformers": _transformers,
    "ignite": _ignite,
    "fastai": _fastai,
    "mmengine": _mmengine,
}


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    count, size, turns = (8, 32, 1) if asked.short else (64, 128, 5)
    rng = np.random.default_rng(0)
    images = rng.random((count, 3, size, size), np.float32)
    # In squares, as real masks have areas.
    labels = rng.integers(0, _CLASSES, (count, size // 8, size // 8))
    labels = labels.repeat(8, axis=1).repeat(8, axis=2)
    rows: list[list[str | tables.Ratio]] = []
    with options.scratch() as folder:
        for name, prepare in _TOOLKITS.items():
            if importlib.util.find_spec(name) is None:
                continue
            seconds: dict[bool, list[float]] = {False: [], True: []}
            # The first round is for what is loaded and compiled once.
            for turn in range(1 + turns * asked.repeat):
                for with_pairs in (False, True):
                    logs = folder / name / str(turn)
                    took = _time(prepare(Work(images, labels, logs, with_pairs)))
                    if turn:
                        seconds[with_pairs].append(took)
            ratios = [a / b for a, b in zip(seconds[True], seconds[False], strict=True)]
            rounds = np.reshape(ratios, (asked.repeat, turns))
            rows.append(
                [
                    name,
                    tables.milliseconds(statistics.median(seconds[False])),
                    tables.Ratio(tuple(float(np.median(one)) for one in rounds)),
                ]
            )
    return [
        tables.Table(
            "toolkits",
            f"An epoch of {count} photographs of {size} px with a validation of as many, "
            "of which the worst 8 are logged, as a ratio to the same without",
            ["", "without, ms", "with"],
            rows,
        )
    ]


def _time(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


if __name__ == "__main__":
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.toolkits", main(given), given)
