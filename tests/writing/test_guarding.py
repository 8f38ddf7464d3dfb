# SPDX-License-Identifier: Apache-2.0
"""Whatever a toolkit calls spares a training."""

import inspect
import warnings

import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import descriptions
from tb_pairs_plugin.writing.guarding import Guarded


class Stop(Exception):
    """Tells the toolkit to stop."""


class Toolkit:
    def later(self, step):
        """Is there to be overridden."""


class Callback(Guarded, Toolkit):
    """A callback of a toolkit that is in a training while `is_training` is true."""

    _control_flow = (Stop,)

    def __init__(self, is_training):
        self._name = "v"
        self.is_training = is_training

    def _is_training(self, step, *args, **named):
        return self.is_training

    def after(self, step, *, error=None):
        """Fails, or returns a step."""
        if error is not None:
            raise error
        return step


class Heir(Callback):
    def later(self, step):
        raise OSError("no more")

    def helper(self):
        raise LookupError("no such name")


class HeirOfHeir(Heir):
    def helper(self):
        raise LookupError("no such name either")


def test_errors_of_public_methods_are_one_warning_in_a_training():
    one = Heir(is_training=True)
    with pytest.warns(pairs.NotWrittenWarning, match=r"without after\(\) of 'v': KeyError"):
        assert one.after(3, error=KeyError("x")) is None
    assert one.after(3, error=KeyError("x")) is None
    with pytest.warns(pairs.NotWrittenWarning, match=r"without later\(\) of 'v': OSError: no more"):
        one.later(3)
    assert one.after(3) == 3


def test_errors_are_raised_without_a_training():
    with pytest.raises(KeyError):
        Heir(is_training=False).after(3, error=KeyError("x"))
    with pytest.raises(OSError, match="no more"):
        Heir(is_training=False).later(3)


def test_what_ends_a_program_is_raised():
    with pytest.raises(KeyboardInterrupt):
        Callback(is_training=True).after(3, error=KeyboardInterrupt())


def test_what_tells_the_toolkit_to_do_something_is_raised():
    with pytest.raises(Stop):
        Callback(is_training=True).after(3, error=Stop())


def test_what_no_toolkit_calls_is_not_guarded():
    with pytest.raises(LookupError, match="no such name"):
        Heir(is_training=True).helper()
    with pytest.raises(LookupError, match="no such name either"):
        HeirOfHeir(is_training=True).helper()


def test_where_nothing_tells_of_a_training_the_error_of_the_method_is_raised():
    class Lost(Callback):
        def _is_training(self, *args, **named):
            raise AttributeError("no trainer")

    with pytest.raises(KeyError, match="x"):
        Lost(is_training=True).after(3, error=KeyError("x"))


def test_warnings_that_are_errors_are_raised():
    with warnings.catch_warnings():
        warnings.simplefilter("error", pairs.PairsWarning)
        with pytest.raises(pairs.NotWrittenWarning):
            Callback(is_training=True).after(3, error=KeyError("x"))
    with pytest.raises(pairs.PairsWarning):
        Callback(is_training=True).after(3, error=pairs.PairsWarning("asked for"))


def test_an_error_with_a_fault_of_its_own_is_said_too():
    class OfAnother(Exception):
        fault = ["no key of a dict"]  # noqa: RUF012 # as another library has it

    with pytest.warns(pairs.NotWrittenWarning, match="OfAnother: x"):
        Callback(is_training=True).after(3, error=OfAnother("x"))


def test_toolkits_see_the_signature():
    assert list(inspect.signature(Heir(is_training=True).after).parameters) == ["step", "error"]
    assert Heir.after.__doc__ == "Fails, or returns a step."


def test_of_a_description_what_can_be_used_is_used():
    with pytest.warns(pairs.NotWrittenWarning, match="without the colors that .*: ValueError"):
        mask = descriptions.describe(
            pairs.Mask(ignore=255), "v", classes=["a", "b"], colors=[(1, 2)]
        )
    assert mask == pairs.Mask(classes=["a", "b"], ignore=255)
