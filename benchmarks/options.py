# SPDX-License-Identifier: Apache-2.0
"""The command line that all benchmarks share, and a place for their files."""

from __future__ import annotations

import argparse
import contextlib
import pathlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How much to measure.

    Args:
        short: only enough to see that it works; the figures mean nothing.
        repeat: how often the whole measurement is done; ratios come with their spread over these.
        peers: the libraries to compare with, besides `tf.summary.image` in eager mode.
        json: where to write the results.
        only: of `benchmarks.all`, the names of those to run; all if empty.
    """

    short: bool = False
    repeat: int = 3
    peers: tuple[str, ...] = ("tf.function", "torch", "tensorboardX", "wandb")
    json: pathlib.Path | None = None
    only: tuple[str, ...] = ()


def parse(
    description: str | None, arguments: Sequence[str] | None = None, usage: str | None = None
) -> Options:
    """Returns the options that the command line asks for."""
    usual = Options()
    parser = argparse.ArgumentParser(description=description, usage=usage)
    parser.add_argument(
        "--short", action="store_true", help="one small round, to see that it works"
    )
    parser.add_argument("--repeat", type=int, help=f"rounds (default {usual.repeat})")
    parser.add_argument(
        "--peers",
        default=",".join(usual.peers),
        help="comma-separated, of: tf.function, torch, tensorboardX, wandb (default: %(default)s)",
    )
    parser.add_argument("--json", type=pathlib.Path, help="file for the results")
    parser.add_argument("--only", default="", help="of benchmarks.all, the names of those to run")
    given = parser.parse_args(arguments)
    if sys.dont_write_bytecode and not given.short:
        parser.error(
            "got PYTHONDONTWRITEBYTECODE, with which each process compiles all that it imports:"
            " times would be of that; unset it"
        )
    return Options(
        short=given.short,
        repeat=given.repeat or (1 if given.short else usual.repeat),
        peers=_names(given.peers),
        json=given.json,
        only=_names(given.only),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@contextlib.contextmanager
def scratch() -> Iterator[pathlib.Path]:
    """Yields an empty folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="pairs-benchmark-") as folder:
        yield pathlib.Path(folder)
