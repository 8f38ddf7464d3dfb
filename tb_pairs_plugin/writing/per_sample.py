# SPDX-License-Identifier: Apache-2.0
"""The arguments that have one element per pair: ids, captions, metrics and attributes."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tb_pairs_plugin.record import attributes, codec
from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.writing import names
from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.types import Array


def read_ids(value: Any, k: int, first: int) -> list[str]:
    """Returns the ids of k samples; without any, their numbers from `first` on.

    Raises:
      ValueError: If they are not k texts or integers.
      DataError: If two are alike, or one can't be read.
    """
    if value is None:
        return [str(i) for i in range(first, first + k)]
    ids = [_text(names.to_id(one, "ids"), "an id") for one in _list(value, "ids")]
    check_length(ids, "ids", k)
    for one in ids:
        want = names.find_flaw(one)
        if want is not None:
            raise DataError(
                f"ids has {one!r}, want {want}; without ids samples are named by their positions",
                "text of an id",
            )
    if len(set(ids)) < k:
        twice = next(one for one in ids if ids.count(one) > 1)
        raise DataError(f"ids has {twice!r} twice, want ids that differ", "ids")
    return ids


def read_captions(value: Any, k: int) -> list[str | None]:
    """Returns k captions.

    Raises:
      ValueError: If they are not k texts.
      DataError: If one is not Unicode.
    """
    if value is None:
        return [None] * k
    captions: list[str | None] = []
    for one in _list(value, "captions"):
        text = one.decode("utf-8", "replace") if isinstance(one, bytes) else one
        if text is not None and not isinstance(text, str):
            raise ValueError(f"captions has {text!r}, want texts")
        captions.append(None if text is None else _text(str(text), "a caption"))
    check_length(captions, "captions", k)
    return captions


def read_metrics(value: Any, k: int) -> dict[str, list[float | None]]:
    """Returns k numbers by name; None is "not measured".

    Raises:
      ValueError: If a name is not a text that can be read, or there are not k numbers.
      DataError: If a number is beyond the range of floats.
    """
    if not value:
        return {}
    columns = {}
    for name, column in value.items():
        names.check_name(name, "metrics")
        numbers_ = [_number(one, name) for one in _list(column, f"metrics[{name!r}]")]
        check_length(numbers_, f"metrics[{name!r}]", k)
        columns[codec.text(name, "a metric's name")] = numbers_
    return columns


def read_attributes(value: Any, k: int) -> list[dict[str, Attribute]]:
    """Returns the attributes of k samples by name; None and NaN are left out.

    Raises:
      ValueError: If it is no mapping of names to k elements, or one is neither a text nor a bool
        nor a number.
      DataError: If a number is infinite, or an integer beyond 2^53, or a text no Unicode.
    """
    if value is None:
        return [{}] * k
    if not isinstance(value, Mapping):
        raise ValueError(
            f"attributes is {conversion.show(value)}, want a mapping of names to k elements: "
            '{"weather": [...]}'
        )
    if len(value) > attributes.MAX_ATTRIBUTES:
        raise ValueError(
            f"attributes has {len(value)} names, want at most {attributes.MAX_ATTRIBUTES}"
        )
    found: list[dict[str, Attribute]] = [{} for _ in range(k)]
    for name, column in value.items():
        names.check_name(name, "attributes")
        key = _text(name, "an attribute's name")
        place = f"attributes[{name!r}]"
        elements = _list(column, place)
        check_length(elements, place, k)
        for one, element in zip(found, elements, strict=True):
            read = _attribute(element, place)
            if read is not None:
                one[key] = read
    return found


def check_length(values: Sequence[object], name: str, k: int) -> None:
    """Checks that an argument has as many elements as there are pairs.

    Raises:
      ValueError: If it has not.
    """
    if len(values) != k:
        raise ValueError(f"{name} has {len(values)} elements, want {k}, as many as ground_truth")


def _text(value: str, name: str) -> str:
    try:
        return codec.text(value, name)
    except ValueError as error:
        raise DataError(str(error), f"text of {name}") from None


def _attribute(value: Any, name: str) -> Attribute | None:
    if value is None or value is np.ma.masked:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return _text(str(value), "an attribute")
    if not isinstance(value, (bool, np.bool_, numbers.Real)):
        value = _scalar(value, name, "texts, bools or numbers, such as str(x)")
    if isinstance(value, str):
        return _text(value, "an attribute")
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return _integer(int(value), name)
    number = float(value)
    if np.isinf(number):
        raise DataError(
            f"{name} has {number}, want finite numbers; None is an attribute that a sample lacks",
            "attributes",
        )
    return None if np.isnan(number) else number


def _integer(value: int, name: str) -> int:
    if abs(value) > codec.MAX_INTEGER:
        raise DataError(
            f"{name} has {value}, want integers of at most 2^53 - 1, or texts: str(x)",
            "attributes",
        )
    return value


def _scalar(value: Any, name: str, want: str) -> Any:
    """Returns the one element of an array of rank 0."""
    try:
        array, _ = conversion.to_numpy(value)
    except ValueError as error:
        raise ValueError(f"{name} has {value!r}, want {want}") from error.__cause__
    if array.ndim or array.dtype.kind not in "biufU":
        raise ValueError(f"{name} has {value!r}, want {want}")
    return array.item()


def _number(value: Any, name: str) -> float | None:
    if value is None or value is np.ma.masked:
        return None
    if not isinstance(value, numbers.Real):
        try:
            array, _ = conversion.to_numpy(value)
        except ValueError as error:
            raise ValueError(f"metrics[{name!r}]: {error}") from error.__cause__
        if array.ndim:
            raise ValueError(f"metrics[{name!r}] has {value!r}, want numbers")
        value = array.item()
    try:
        return float(value)
    except OverflowError:
        raise DataError(
            f"metrics[{name!r}] has a number beyond the range of floats", "metrics"
        ) from None


def _list(value: Any, name: str) -> list[Any]:
    if isinstance(value, (str, bytes, Mapping)):
        raise ValueError(
            f"{name} is {conversion.show(value)}, want a sequence, one element per pair"
        )
    if isinstance(value, (set, frozenset)):
        raise ValueError(f"{name} is a set, which has no order, want a sequence")
    if conversion.get_attribute(value, "dtype") is not None:
        array = _array(value, name)
        if array.ndim != 1:
            raise ValueError(f"{name} has shape {array.shape}, want rank 1, one element per pair")
        return array.tolist()  # type: ignore[no-any-return]
    if not hasattr(value, "__iter__") and not hasattr(value, "__getitem__"):
        raise ValueError(
            f"{name} is {conversion.show(value)}, want a sequence, one element per pair"
        )
    return rasters.elements(value, name)


def _array(value: Any, name: str) -> Array:
    """Returns an array of numbers or texts, masked if it is."""
    try:
        return conversion.to_numpy(value)[0] if conversion.is_torch(value) else np.asanyarray(value)
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(f"{name} can't be read ({type(error).__name__}: {error})") from error
