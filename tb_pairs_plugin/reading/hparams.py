# SPDX-License-Identifier: Apache-2.0
"""Hyperparameters of runs, as TensorBoard's HParams dashboard has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError
from tensorboard.plugins.hparams import plugin_data_pb2

from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec

PLUGIN_NAME = "hparams"
SESSION_TAG = "_hparams_/session_start_info"

MAX_VALUES = 500  # of a run
MAX_NAME = 200  # characters
MAX_TEXT = 300  # characters; more is cut
MAX_CHARACTERS = 2**22  # of all runs together

_VERSION = 0
_ROOT = "."  # the run of files in the log directory itself
_LARGEST_WHOLE = 2**53  # up to here a number without a fraction stands for one integer

Value = str | bool | int | float


@dataclass(frozen=True)
class _Session:
    """What one session says: a value by name, or why it can't be read."""

    values: Mapping[str, Value | None]
    error: str = ""


def read(source: Source, pictures: Collection[Source], scope: Scope) -> dict[str, object]:
    """Returns the answer to a request of `hparams`.

    Args:
      source: What to read hyperparameters from.
      pictures: What has the runs that are shown.
      scope: Whose data.
    """
    sessions = _read_sessions(source, scope)
    if not sessions:
        return codec.members(runs={})
    shown = {run for one in pictures for run in one.list_blob_sequences(scope)}
    inside: dict[str, list[str]] = {}
    for child in sessions:
        if child not in shown and child != _ROOT:
            inside.setdefault(child.rpartition("/")[0] or _ROOT, []).append(child)
    budget = _Budget()
    return codec.members(
        runs={
            run: _answer(name, sessions[name], budget)
            for run in sorted(shown)
            if (name := _find_session(run, sessions, inside.get(run, []))) is not None
        }
    )


def _read_sessions(source: Source, scope: Scope) -> dict[str, _Session]:
    """Returns sessions by the run that they were logged in."""
    found = source.list_tensors(scope, tags=[SESSION_TAG])
    logged = {
        run: _parse(by_tag[SESSION_TAG].plugin_content)
        for run, by_tag in found.items()
        if SESSION_TAG in by_tag
    }
    if logged:
        return logged
    # No log: a provider that holds hyperparameters in a form of its own.
    return {
        session.run: _Session(
            {one.hyperparameter_name: one.value for one in group.hyperparameter_values}
        )
        for group in source.read_hyperparameters(scope)
        for session in group.sessions
        if session.experiment_id in ("", scope.experiment)
    }


def _parse(content: bytes) -> _Session:
    try:
        data = plugin_data_pb2.HParamsPluginData.FromString(content)
    except DecodeError as error:
        return _Session({}, f"they are damaged: {error}")
    if data.version != _VERSION:
        return _Session({}, f"got version {data.version} of them, want {_VERSION}")
    return _Session(dict(_scalars(data.session_start_info.hparams)))


def _scalars(values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yields what is a number, text or bool; the HParams dashboard shows nothing else either."""
    for name, value in values.items():
        kind = value.WhichOneof("kind")
        if kind in ("number_value", "string_value", "bool_value"):
            yield name, getattr(value, kind)


def _find_session(
    run: str, sessions: Mapping[str, _Session], inside: Collection[str]
) -> str | None:
    """Returns the session of a run: its own, that of the nearest run around it, or one `inside` it.

    As in the HParams dashboard, `trial/validation` belongs to the session in `trial`. The last
    holds for what PyTorch's `add_hparams` logs, in a run of its own inside the one it is of.
    """
    parts = [] if run == _ROOT else run.split("/")
    for length in range(len(parts), -1, -1):
        parent = "/".join(parts[:length]) or _ROOT
        if parent in sessions:
            return parent
    # Several are of one trial only where they agree.
    first = min(inside, default="")
    agree = all(sessions[name] == sessions[first] for name in inside)
    return first if inside and agree else None


class _Budget:
    """How many characters all runs may still say."""

    def __init__(self) -> None:
        self._left = MAX_CHARACTERS

    def take(self, characters: int) -> bool:
        """Tells whether there is room, and takes it."""
        self._left -= characters
        return self._left >= 0


def _answer(name: str, session: _Session, budget: _Budget) -> dict[str, object]:
    values: dict[str, Value] = {}
    for key, value in sorted(session.values.items()):
        shown = _shorten(value)
        if shown is None:
            continue
        fits = len(values) < MAX_VALUES and 0 < len(key) <= MAX_NAME
        if fits and budget.take(len(key) + len(str(shown))):
            values[key] = shown
    omitted = sum(value is not None for value in session.values.values()) - len(values)
    return codec.members(
        session=name, values=values, omitted=omitted or None, error=session.error or None
    )


def _shorten(value: Value | None) -> Value | None:
    if isinstance(value, str):
        return value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + "…"
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_WHOLE:
        return int(value)
    return value
