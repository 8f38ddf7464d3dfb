# SPDX-License-Identifier: Apache-2.0
"""Warnings: said once, silenced by Python's filters, attributed to the caller's line."""

import inspect
import subprocess
import sys
import warnings

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import warn

TRUTH = np.zeros((1, 8, 8, 3), np.uint8)


def log(writer, step=0):
    return pairs.summary("a", TRUTH, TRUTH, step, writer=writer)


def line_of(function) -> int:
    return inspect.getsourcelines(function)[1] + 1


@pytest.fixture
def unwritable(tmp_path):
    (tmp_path / "file").write_text("in the way")
    return tmp_path / "file" / "run"


def test_a_warning_is_attributed_to_the_callers_line(unwritable):
    with pytest.warns(pairs.PairsWarning) as said:
        log(unwritable)
    assert (said[0].filename, said[0].lineno) == (__file__, line_of(log))


def test_a_warning_of_the_background_is_attributed_to_the_call(unwritable):
    with pytest.warns(pairs.NotWrittenWarning) as said, pairs.background():
        log(unwritable)
    assert (said[0].filename, said[0].lineno) == (__file__, line_of(log))


def test_a_warning_is_said_once_per_thing(unwritable):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert [log(unwritable, step) for step in range(3)] == [False] * 3
    assert [one.category for one in said] == [pairs.NotWrittenWarning]


def test_a_filter_by_category_silences_all(unwritable):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        warnings.filterwarnings("ignore", category=pairs.PairsWarning)
        log(unwritable)
        log(None)
    assert not said


@pytest.mark.parametrize("option", ["ignore:pairs", "ignore::RuntimeWarning"])
def test_an_option_of_python_silences_all(option):
    code = (
        "import numpy as np, tb_pairs_plugin as pairs\n"
        "x = np.zeros((1, 4, 4), bool)\n"
        "assert pairs.summary('a', x, x, 1) is False"
    )
    answer = subprocess.run(
        [sys.executable, "-W", option, "-c", code], capture_output=True, text=True, timeout=600
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_where_warnings_are_errors_the_caller_gets_them(unwritable):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(pairs.NotWrittenWarning, match="could not write 'a'"):
            log(unwritable)


def test_frameworks_that_call_for_the_user_are_looked_past(tmp_path):
    """As Keras calls a callback: the line is that of `model.fit`."""
    frames = {"__name__": "keras.src.callbacks"}
    inner = {"__name__": "tb_pairs_plugin.x", "warn": warn}
    exec(compile("def say():\n    warn.warn_caller('pairs says so')", "x.py", "exec"), inner)
    frames["call"] = inner["say"]
    exec(compile("def on_epoch_end():\n    call()", "keras.py", "exec"), frames)

    def fit():
        frames["on_epoch_end"]()

    with pytest.warns(pairs.PairsWarning) as said:
        fit()
    assert (said[0].filename, said[0].lineno) == (__file__, line_of(fit))
