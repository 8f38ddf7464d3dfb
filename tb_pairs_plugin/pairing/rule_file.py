# SPDX-License-Identifier: Apache-2.0
"""The rule file, `pairs.json`: what a user says of the tags of a log. See `docs/existing_logs.md`.

It may come from anywhere, so nothing in it raises: each mistake is a sentence, and the
rules beside it count.
"""

from __future__ import annotations

import errno
import itertools
import json
import math
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tb_pairs_plugin.pairing import patterns
from tb_pairs_plugin.pairing.proposals import Axis, Role

NAME = "pairs.json"
MAX_BYTES = 256 * 1024
# The class of pixels whose color is no class's.
NO_CLASS = "(color of no class)"
_MOST_RULES = 200
_MOST_CLASSES = 4096
_MOST_PANES = 16
_MOST_PIXELS = 65_536
_MAX_ID = 65_535

T = TypeVar("T")


@dataclass(frozen=True)
class ClassColor:
    """A class of a drawn mask.

    Attributes:
      id: 0 to 65,535.
      name: Its name, or None.
      color: Red, green and blue, as they are in the pictures; None where the grey of a pixel is the
        id itself.
    """

    id: int
    name: str | None
    color: tuple[int, int, int] | None


@dataclass(frozen=True)
class Grid:
    """How a picture is divided into samples of one size.

    Attributes:
      width: Of a sample, in pixels.
      height: Of a sample, in pixels.
      padding: Pixels between the samples and around them.
    """

    width: int
    height: int
    padding: int = 0


@dataclass(frozen=True)
class Rule:
    """One rule of a file, for a pair of tags or for a strip.

    Attributes:
      place: Where it is in the file, such as `rules[0]`.
      prediction: The tags of predictions, or of strips.
      ground_truth: The tags of ground truths; None for strips.
      input: The tags of inputs, where there are some.
      panes: Of a strip, from left to right or from top to bottom; empty for pairs of tags.
      axis: Of a strip.
      cuts: Of a strip: where each pane after the first begins, as shares; None: panes of one size.
      grid: How pictures are divided into samples; None: where grid lines are found; False: never.
      classes: The classes of drawn masks; None: the pictures are images.
      ignore: Ids of classes that don't count.
    """

    place: str
    prediction: re.Pattern[str]
    ground_truth: re.Pattern[str] | None = None
    input: re.Pattern[str] | None = None
    panes: tuple[Role, ...] = ()
    axis: Axis = "x"
    cuts: tuple[float, ...] | None = None
    grid: Grid | bool | None = None
    classes: tuple[ClassColor, ...] | None = None
    ignore: tuple[int, ...] = ()


@dataclass(frozen=True)
class RuleFile:
    """What a rule file says.

    Attributes:
      rules: In the order of the file: the first that takes a tag has it.
      ignore: Tags that no rule takes, not even ours.
      problems: What is wrong in the file, a sentence each.
    """

    rules: tuple[Rule, ...] = ()
    ignore: tuple[re.Pattern[str], ...] = ()
    problems: tuple[str, ...] = ()


class _Problem(Exception):
    """A sentence about one member of the file."""


def choose_unrecovered_id(classes: Sequence[ClassColor]) -> int:
    """Returns the id of pixels whose color is no class's: the first that no class has."""
    ids = {one.id for one in classes}
    return next(i for i in range(len(ids) + 1) if i not in ids)


def read(path: Path, is_named: bool = False) -> bytes:
    """Returns the bytes of a rule file; of one that is too large, enough for `parse` to say so.

    Args:
      path: Of the file.
      is_named: Whether the user named it, and so may mean a pipe: it is read once, and waited for.

    Raises:
      OSError: If it can't be read. A pipe that was only found is not: to open it waits for one who
        writes to it, perhaps for ever.
    """
    if not is_named and not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def parse(data: bytes) -> RuleFile:
    """Returns the rules of a file, and its mistakes; never raises."""
    problems: list[str] = []
    try:
        members = _object(_load(data), "the file", ("format", "rules", "ignore"))
        if "format" in members and members["format"] != 1:
            raise _Problem(f"format is {_shown(members['format'])}, want 1")
        rules = _each(members.get("rules", []), "rules", _rule, _MOST_RULES, problems)
        ignore = _each(members.get("ignore", []), "ignore", _pattern, _MOST_RULES, problems)
    except _Problem as problem:
        return RuleFile(problems=(str(problem),))
    return RuleFile(rules, ignore, tuple(problems))


def _load(data: bytes) -> object:
    if len(data) > MAX_BYTES:
        raise _Problem(f"the file has {len(data)} bytes, want at most {MAX_BYTES}")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _Problem(f"the file is not UTF-8 at byte {error.start}, want JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        raise _Problem(
            f"line {error.lineno}, column {error.colno} is not JSON: {error.msg}"
        ) from None
    except (ValueError, RecursionError):
        raise _Problem(
            "the file is nested too deeply, or holds a number of thousands of digits"
        ) from None


def _each(
    value: object,
    place: str,
    parse_one: Callable[[object, str], T],
    most: int,
    problems: list[str],
) -> tuple[T, ...]:
    """Returns the valid elements, and notes the mistakes in the others."""
    found = []
    for i, element in enumerate(_list(value, place, most)):
        try:
            found.append(parse_one(element, f"{place}[{i}]"))
        except _Problem as problem:
            problems.append(str(problem))
    return tuple(found)


_SHARED = ("grid", "classes", "ignore")
_PAIR = ("groundTruth", "prediction", "input")
_STRIP = ("strip", "panes", "axis", "cuts")


def _rule(value: object, place: str) -> Rule:
    members = _object(value, place, (*_PAIR, *_STRIP, *_SHARED))
    is_strip = "strip" in members
    for name in _PAIR if is_strip else _STRIP:
        if name in members:
            raise _Problem(
                f"{place} has both strip and {name}, want a rule each for strips and pairs of tags"
                if is_strip
                else f"{place}.{name} stands without strip, want the tags of the strips in strip"
            )
    classes = _optional(members, "classes", place, _classes)
    ignore = _optional(members, "ignore", place, _ids) or ()
    if ignore and classes is None:
        raise _Problem(f"{place}.ignore stands without classes, want the classes of the masks too")
    grid = _optional(members, "grid", place, _grid)
    if not is_strip:
        return Rule(
            place,
            _pattern(members.get("prediction"), f"{place}.prediction"),
            _pattern(members.get("groundTruth"), f"{place}.groundTruth"),
            _optional(members, "input", place, _pattern),
            grid=grid,
            classes=classes,
            ignore=ignore,
        )
    panes = _panes(members.get("panes"), f"{place}.panes")
    cuts = _optional(members, "cuts", place, _cuts)
    if cuts is not None and len(cuts) != len(panes) - 1:
        raise _Problem(
            f"{place}.cuts has {len(cuts)} elements, want {len(panes) - 1}: one between two panes"
        )
    return Rule(
        place,
        _pattern(members["strip"], f"{place}.strip"),
        panes=panes,
        axis=_optional(members, "axis", place, _axis) or "x",
        cuts=cuts,
        grid=grid,
        classes=classes,
        ignore=ignore,
    )


def _optional(
    members: dict[str, object], name: str, place: str, parse_one: Callable[[object, str], T]
) -> T | None:
    return parse_one(members[name], f"{place}.{name}") if name in members else None


def _pattern(value: object, place: str) -> re.Pattern[str]:
    if not isinstance(value, str) or not value:
        raise _Problem(f"{place} is {_shown(value)}, want a regular expression for whole tags")
    try:
        return patterns.compile_pattern(value)
    except patterns.PatternError as error:
        raise _Problem(f"{place} {error}") from None


def _panes(value: object, place: str) -> tuple[Role, ...]:
    want = ", ".join(f'"{role.value}"' for role in Role)
    panes = []
    for i, element in enumerate(_list(value, place, _MOST_PANES)):
        try:
            panes.append(Role(element))
        except ValueError:
            raise _Problem(f"{place}[{i}] is {_shown(element)}, want one of {want}") from None
    for role in (Role.GROUND_TRUTH, Role.PREDICTION):
        if panes.count(role) != 1:
            raise _Problem(f'{place} has "{role.value}" {panes.count(role)} times, want it once')
    if panes.count(Role.INPUT) > 1:
        raise _Problem(f'{place} has "input" {panes.count(Role.INPUT)} times, want it once at most')
    return tuple(panes)


def _axis(value: object, place: str) -> Axis:
    if value == "x":
        return "x"
    if value == "y":
        return "y"
    raise _Problem(f'{place} is {_shown(value)}, want "x" (beside each other) or "y" (below)')


def _cuts(value: object, place: str) -> tuple[float, ...]:
    cuts = []
    for i, element in enumerate(_list(value, place, _MOST_PANES)):
        # True is an int, and no share.
        if not isinstance(element, (int, float)) or not 0 < element < 1:
            raise _Problem(f"{place}[{i}] is {_shown(element)}, want a share between 0 and 1")
        cuts.append(float(element))
    if any(after <= before for before, after in itertools.pairwise(cuts)):
        raise _Problem(f"{place} is {cuts}, want each share greater than the one before")
    return tuple(cuts)


def _grid(value: object, place: str) -> Grid | bool:
    if value is False:
        return False
    members = _object(value, place, ("width", "height", "padding"))
    width, height = (
        _integer(members.get(name), f"{place}.{name}", 1, _MOST_PIXELS)
        for name in ("width", "height")
    )
    return Grid(width, height, _integer(members.get("padding", 0), f"{place}.padding", 0, 1024))


def _classes(value: object, place: str) -> tuple[ClassColor, ...]:
    classes = []
    for i, element in enumerate(_list(value, place, _MOST_CLASSES)):
        classes.append(_class(element, f"{place}[{i}]"))
    for name in ("id", "color"):
        values = [getattr(one, name) for one in classes if getattr(one, name) is not None]
        if len(set(values)) < len(values):
            raise _Problem(f"{place} has two classes of the same {name}, want one each")
    if len({one.color is None for one in classes}) > 1:
        raise _Problem(f"{place} has classes with color and without, want it for all or for none")
    return tuple(classes)


def _class(value: object, place: str) -> ClassColor:
    members = _object(value, place, ("id", "name", "color"))
    name, color = members.get("name"), members.get("color")
    if name is not None and (not isinstance(name, str) or not _is_unicode(name)):
        raise _Problem(f"{place}.name is {_shown(name)}, want a text")
    if color is not None and not (
        isinstance(color, str) and re.fullmatch("#[0-9a-fA-F]{6}", color)
    ):
        raise _Problem(f'{place}.color is {_shown(color)}, want a color such as "#804080"')
    return ClassColor(
        _integer(members.get("id"), f"{place}.id", 0, _MAX_ID), name, _rgb(color) if color else None
    )


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _ids(value: object, place: str) -> tuple[int, ...]:
    return tuple(
        _integer(element, f"{place}[{i}]", 0, _MAX_ID)
        for i, element in enumerate(_list(value, place, _MOST_CLASSES))
    )


def _integer(value: object, place: str, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise _Problem(f"{place} is {_shown(value)}, want an integer from {low} to {high}")
    return value


def _object(value: object, place: str, known: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Problem(f"{place} is {_shown(value)}, want an object")
    for name in value:
        if name not in known:
            raise _Problem(f"{place} has a member {_shown(name)}, want only {', '.join(known)}")
    return value


def _list(value: object, place: str, most: int) -> list[object]:
    if not isinstance(value, list):
        raise _Problem(f"{place} is {_shown(value)}, want a list")
    if len(value) > most:
        raise _Problem(f"{place} has {len(value)} elements, want at most {most}")
    return value


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
