# SPDX-License-Identifier: Apache-2.0
"""From the path of a log directory, as given, to the one place that it means from then on."""

from __future__ import annotations

import os

from tb_pairs_plugin.writing.warn import warn_once

# By text the place that a relative path had when it was first given.
_first_places: dict[str, str] = {}


def resolve_place(path: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> str:
    """Returns the absolute path of a log directory; addresses of remote stores as they are.

    A relative path stays where it was when first given, whatever `os.chdir` does later: one run is
    not torn into two places. `~` and `~name` are home directories.

    Raises:
      ValueError: If the path is empty, or names the home of an unknown user.
    """
    text = os.fsdecode(os.fspath(path))
    if not text:
        raise ValueError("writer is an empty path, want a directory; the current one is '.'")
    if "://" in text:
        return text
    if text.startswith("~"):
        expanded = os.path.expanduser(text)
        if expanded.startswith("~"):
            raise ValueError(
                f"writer is {text!r}, and there is no such home directory, want a directory; one "
                f"of this name is {os.path.join('.', text)!r}"
            )
        text = expanded
    if os.path.isabs(text):
        return os.path.abspath(text)
    return _of_relative(os.path.normpath(text))


def _of_relative(text: str) -> str:
    here = os.path.abspath(text)
    first = _first_places.setdefault(text, here)
    if here != first:
        warn_once(
            ("relative path", text),
            f"pairs goes on writing to {first}, which the writer {text!r} was before the current "
            "directory changed; pass an absolute path for another place",
        )
    return first
