# SPDX-License-Identifier: Apache-2.0
"""Whether a training is under way: what toolkits do not tell where it is interrupted."""

import contextlib
import pickle
import sys
import types

import pytest

from tb_pairs_plugin.writing.training import Training

# A toolkit, whose calls are told by the module that they are of.
SOURCE = """
class Trainer:
    def train(self, *steps):
        self._loop(steps)

    def _loop(self, steps):
        for step in steps:
            step()

    def evaluate(self, step):
        step()

def train(step):
    step()
"""


@pytest.fixture
def toolkit(monkeypatch):
    module = types.ModuleType("some_toolkit.trainer")
    exec(compile(SOURCE, "trainer.py", "exec"), vars(module))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


def test_it_is_under_way_while_its_call_is(toolkit):
    training, trainer, seen = Training("some_toolkit"), toolkit.Trainer(), []

    def note():
        seen.append(training.is_running)

    trainer.train(training.begin, note, lambda: trainer.evaluate(note))
    trainer.evaluate(note)
    note()
    assert seen == [True, True, False, False]


def test_what_ended_it_does_not_matter(toolkit):
    training, trainer, seen = Training("some_toolkit"), toolkit.Trainer(), []

    def interrupt():
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        trainer.train(training.begin, interrupt)
    trainer.evaluate(lambda: seen.append(training.is_running))
    # Another of the same object is, as one that is resumed without a word; that of another is not.
    trainer.train(lambda: seen.append(training.is_running))
    toolkit.Trainer().train(lambda: seen.append(training.is_running))
    assert seen == [False, True, False]


def test_a_function_may_train_and_an_object_may_be_gone(toolkit):
    training, seen = Training("some_toolkit"), []
    toolkit.train(lambda: (training.begin(), seen.append(training.is_running)))
    toolkit.Trainer().evaluate(training.begin)
    toolkit.Trainer().evaluate(lambda: seen.append(training.is_running))
    assert seen == [True, False]


def test_outside_of_the_toolkit_there_is_none(toolkit):
    training, other = Training("some_toolkit"), Training("some_tool")
    training.begin()
    assert not training.is_running
    toolkit.train(other.begin)
    toolkit.train(lambda: not other.is_running or pytest.fail("another package"))


def test_it_can_be_said_to_be_over(toolkit):
    training, trainer, seen = Training("some_toolkit"), toolkit.Trainer(), []
    trainer.train(training.begin)
    trainer.train(training.end, lambda: seen.append(training.is_running))
    assert seen == [False]


def test_an_object_without_weak_references_may_train(toolkit):
    methods = {name: one for name, one in vars(toolkit.Trainer).items() if callable(one)}
    slotted = type("Slotted", (), {**methods, "__slots__": ()})
    training, trainer, seen = Training("some_toolkit"), slotted(), []
    trainer.train(training.begin, lambda: seen.append(training.is_running))
    trainer.evaluate(lambda: seen.append(training.is_running))
    assert seen == [True, False]


def test_it_is_not_carried_to_another_process(toolkit):
    training = Training("some_toolkit")
    toolkit.train(training.begin)
    assert not pickle.loads(pickle.dumps(training)).is_running
