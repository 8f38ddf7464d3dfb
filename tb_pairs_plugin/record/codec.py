# SPDX-License-Identifier: Apache-2.0
"""JSON as it is stored and served: strict, camelCase, with the numbers that JSON lacks.

Everything that is read here may come from a damaged or hostile file, so a parser of this package
raises `RecordError`, and nothing else, whatever it is given.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

T = TypeVar("T")

# The largest integer that JavaScript holds exactly.
MAX_INTEGER = 2**53 - 1

_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class RecordError(ValueError):
    """Stored data violates the format; the message is a sentence for the user."""


# `json.dumps` makes one at each call.
_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def dumps(value: object) -> bytes:
    """Returns `value` as compact JSON in UTF-8; non-finite floats become strings.

    Raises:
      ValueError: If a text of `value` is not Unicode (it holds a lone surrogate).
    """
    try:
        text = _COMPACT.encode(value)
    except ValueError:
        text = _COMPACT.encode(_spell_non_finite(value))
    return text.encode("utf-8")


def loads(data: bytes, limit: int) -> object:
    """Returns the value of a JSON document.

    Non-finite numbers stay the strings they are stored as; see `number`.

    Args:
      data: The document, in UTF-8.
      limit: The most bytes that are accepted.

    Raises:
      RecordError: If `data` is too long, not UTF-8, nested too deeply or not standard JSON.
    """
    if len(data) > limit:
        raise RecordError(f"JSON has {len(data)} bytes, want at most {limit}")
    try:
        document = bytes(data).decode("utf-8")
        # What this package writes has no white space around it, for which `decode` looks twice.
        value, end = _DECODER.raw_decode(document) if document[:1] == "{" else (None, -1)
        return value if end == len(document) else _DECODER.decode(document)
    except RecordError:
        raise
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {_one_line(error)}") from None


def loads_at(document: str, start: int) -> tuple[object, int]:
    """Returns the JSON value that begins at `start`, and where it ends.

    Raises:
      RecordError: If there is none, or it is nested too deeply.
    """
    try:
        return _DECODER.raw_decode(document, start)
    except RecordError:
        raise
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {_one_line(error)}") from None


@functools.lru_cache(maxsize=256)
def camel_case(name: str) -> str:
    """Returns the stored and served spelling of a Python name: `ground_truth` is `groundTruth`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def members(**values: object) -> dict[str, object]:
    """Returns the JSON object of those `values` that are not None, with keys in camelCase."""
    return {camel_case(name): value for name, value in values.items() if value is not None}


class Fields:
    """The members of a JSON object, asked for by their Python names."""

    def __init__(self, value: object, name: str) -> None:
        """Wraps `value`, which errors call `name`.

        Raises:
          RecordError: If `value` is not a JSON object.
        """
        if not isinstance(value, dict):
            raise wrong(value, name, "an object")
        self._members = value
        self._name = name

    def get(self, name: str, parse: Callable[[object, str], T]) -> T:
        """Returns the member `name` as `parse(value, name)` gives it; an absent one is None."""
        key = camel_case(name)
        return parse(self._members.get(key), key)

    def pick(self, keys: Iterable[str]) -> list[object]:
        """Returns members unparsed, by their names in camelCase; absent ones are None."""
        return [*map(self._members.get, keys)]

    def optional(self, name: str, parse: Callable[[object, str], T]) -> T | None:
        """Returns the same as `get`, but None where the member is absent or null."""
        key = camel_case(name)
        value = self._members.get(key)
        return None if value is None else parse(value, key)


def text(value: object, name: str) -> str:
    """Returns `value` if it is text that can be encoded in UTF-8."""
    if not isinstance(value, str):
        raise wrong(value, name, "a text")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise RecordError(f"{name} holds half a surrogate pair, want Unicode text") from None
    return value


def integer(low: int, high: int) -> Callable[[object, str], int]:
    """Returns a parser of integers in [`low`, `high`]."""

    def parse(value: object, name: str) -> int:
        if type(value) is not int or not low <= value <= high:
            raise wrong(value, name, f"an integer from {low} to {high}")
        return value

    return parse


def one_of(*allowed: int) -> Callable[[object, str], int]:
    """Returns a parser of integers that are one of `allowed`."""
    *others, last = allowed
    want = f"{', '.join(map(str, others))} or {last}"

    def parse(value: object, name: str) -> int:
        if type(value) is not int or value not in allowed:
            raise wrong(value, name, want)
        return value

    return parse


def number(value: object, name: str) -> float | None:
    """Returns `value` as a float, which may be NaN or infinite; null ("not measured") is None."""
    if type(value) is float:
        if math.isinf(value):
            raise RecordError(f"{name} is a number beyond the range of float64")
        return value
    if value is None:
        return None
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            raise RecordError(f"{name} is a number beyond the range of float64") from None
    if isinstance(value, str) and value in _NON_FINITE:
        return _NON_FINITE[value]
    raise wrong(value, name, 'a number, "NaN", "Infinity", "-Infinity" or null')


def finite(value: object, name: str) -> float:
    """Returns `value` as a finite float."""
    parsed = number(value, name)
    if parsed is None or not math.isfinite(parsed):
        raise wrong(value, name, "a finite number")
    return parsed


def numbers(value: object, name: str) -> dict[str, float | None]:
    """Returns an object of numbers, such as the metrics of a sample."""
    if not isinstance(value, dict):
        raise wrong(value, name, "an object of numbers")
    return {
        text(key, f"a name in {name}"): number(item, member_name(name, key))
        for key, item in value.items()
    }


def member_name(name: str, key: str) -> str:
    """Returns what errors call the member `key`, which is any text, of the object `name`."""
    return f"{name}.{key}" if len(key) <= 40 else f"a member of {name}"


def interval(value: object, name: str) -> tuple[float, float]:
    """Returns `[low, high]` of finite numbers with low <= high."""
    if not isinstance(value, list) or len(value) != 2:
        raise wrong(value, name, "a list of two numbers")
    low, high = finite(value[0], name), finite(value[1], name)
    if low > high:
        raise RecordError(f"{name} is [{low}, {high}], want the lower bound first")
    return low, high


def items(value: object, name: str, parse: Callable[[object, str], T], limit: int) -> tuple[T, ...]:
    """Returns the elements of a list of at most `limit`, each as `parse` gives it."""
    if not isinstance(value, list):
        raise wrong(value, name, "a list")
    if len(value) > limit:
        raise RecordError(f"{name} has {len(value)} elements, want at most {limit}")
    return tuple([parse(item, name) for item in value])


def wrong(value: object, name: str, want: str) -> RecordError:
    """Returns the error for an invalid member."""
    return RecordError(f"{name} is {_describe(value)}, want {want}")


def _describe(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return ascii(value) if len(value) <= 40 else f"a text of {len(value)} characters"
    if isinstance(value, int) and value.bit_length() > 64:
        return f"an integer of {value.bit_length()} bits"
    return json.dumps(value)


def _spell_non_finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            return "NaN"
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Mapping):
        return {key: _spell_non_finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_spell_non_finite(item) for item in value]
    return value


def _one_line(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error))[:200]


def _reject_constant(name: str) -> NoReturn:
    raise RecordError(f"not JSON: the bare word {name}")


_DECODER = json.JSONDecoder(parse_constant=_reject_constant)
