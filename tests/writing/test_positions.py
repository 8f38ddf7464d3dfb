# SPDX-License-Identifier: Apache-2.0
"""Which samples a process is given, and what data loaders say of themselves."""

from types import SimpleNamespace

import pytest

from tb_pairs_plugin.writing import positions, processes
from tb_pairs_plugin.writing.positions import Positions


class Broken:
    """A data set, or a data loader, that can't say anything of itself."""

    def __len__(self):
        raise RuntimeError("the index is not there yet")

    def __getattr__(self, name):
        raise RuntimeError("the index is not there yet")


class Negative:
    def __len__(self):
        return -1


LOADERS = {
    "no loader": None,
    "a list": [1, 2],
    "no length": SimpleNamespace(dataset=iter([1])),
    "a length that fails": SimpleNamespace(dataset=Broken()),
    "a negative length": SimpleNamespace(dataset=Negative()),
    "nothing": Broken(),
}


@pytest.mark.parametrize("loader", LOADERS)
def test_what_a_loader_can_not_say_is_unknown(loader):
    assert positions.find_dataset_length(LOADERS[loader]) is None
    assert positions.find_batch_size(LOADERS[loader]) is None


def test_what_a_loader_says():
    assert positions.find_dataset_length(SimpleNamespace(dataset=range(3))) == 3
    assert positions.find_batch_size(SimpleNamespace(batch_size=4)) == 4
    # Of fastai.
    assert positions.find_batch_size(SimpleNamespace(bs=5)) == 5
    assert positions.find_batch_size(SimpleNamespace(batch_size=None)) is None


@pytest.mark.parametrize(("splits", "want"), [(None, 6), (False, 6), (True, 3)])
def test_a_batch_sampler_says_the_size_of_batches(splits, want):
    sampler = SimpleNamespace(batch_size=6)
    if splits is not None:
        # Of accelerate.
        vars(sampler).update(split_batches=splits, num_processes=2)
    loader = SimpleNamespace(batch_size=None, batch_sampler=sampler)
    assert positions.find_batch_size(loader) == want


@pytest.mark.parametrize(
    ("in_a_row", "want"), [(1, [[1, 3], [5, 7], [9]]), (2, [[2, 3], [6, 7], [10]])]
)
def test_samples_are_dealt_out_among_processes(in_a_row, want, monkeypatch):
    monkeypatch.setattr(processes, "find_rank", lambda: (1, 2))
    one = Positions()
    loader = SimpleNamespace(dataset=range(11))
    assert [one.take(2, loader, in_a_row) for _ in range(3)] == want


def test_a_batch_that_was_not_read_keeps_its_positions():
    one = Positions()
    one.skip(SimpleNamespace(batch_size=4))
    assert one.take(2) == [4, 5]


def test_after_a_batch_of_unknown_size_none_are_known():
    one = Positions()
    assert one.take(1) == [0]
    one.skip()
    assert one.take(2) == []
