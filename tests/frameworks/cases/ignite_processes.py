# SPDX-License-Identifier: Apache-2.0
"""Two processes: one can't send what it kept, one sees nothing: `ignite_processes LOGDIR`."""

import contextlib
import datetime
import multiprocessing
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from ignite.engine import Engine, Events

import tb_pairs_plugin as pairs
from tb_pairs_plugin.ignite import PairsHandler
from tests.frameworks.cases.checks import warned_once
from tests.writing import event_files

LABELS = np.arange(2 * 6 * 8).reshape(2, 6, 8) % 3
# Ends what hangs; far more than two processes need.
LIMIT = datetime.timedelta(minutes=10)


class Names(dict):
    """Names of classes; for `failing` of the first epochs there is no memory to pickle them."""

    failing = 0

    def __reduce__(self):
        Names.failing -= 1
        if Names.failing >= 0:
            raise MemoryError("no room")
        return dict, (dict(self),)


def train(rank, logdir):
    """Trains in one process, which evaluates its half of the samples after each epoch."""
    warnings.simplefilter("error", pairs.PairsWarning)
    torch.set_num_threads(1)
    torch.distributed.init_process_group(
        "gloo", f"file://{logdir / 'meeting'}", timeout=LIMIT, rank=rank, world_size=2
    )
    Names.failing = rank
    kind = pairs.Mask(classes=Names({0: "road", 1: "car", 2: "sky"}))
    trainer, evaluator = (Engine(lambda engine, batch: batch) for _ in range(2))
    PairsHandler(
        "v", lambda engine: engine.state.batch, trainer=trainer, kind=kind, writer=logdir / "run"
    ).attach(evaluator)
    batch = {"ground_truth": LABELS, "prediction": LABELS}
    trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda engine: evaluator.run([batch]))
    says = "goes on without a record of 'v': MemoryError: no room"
    with warned_once(says, __file__) if rank else contextlib.nullcontext():
        trainer.run([0], max_epochs=2)
    assert trainer.state.epoch == 2
    if rank == 0:
        # The other never runs it, and is not waited for.
        alone = Engine(lambda engine, batch: batch)
        PairsHandler(
            "v",
            lambda engine: engine.state.batch,
            kind=pairs.Mask(),
            writer=logdir / "alone",
            gathers=False,
        ).attach(alone)
        alone.run([batch])
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    logdir = Path(sys.argv[1])
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=train, args=(rank, logdir)) for rank in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    ids = [[one.id for one in record.samples] for record in event_files.read(logdir / "run")]
    assert ids == [["0", "2"], ["0", "1", "2", "3"]], ids
    (record,) = event_files.read(logdir / "alone")
    assert [one.id for one in record.samples] == ["0", "1"]
