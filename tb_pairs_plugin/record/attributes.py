# SPDX-License-Identifier: Apache-2.0
"""Attributes of samples: what is known of one besides its pictures, such as the weather."""

from __future__ import annotations

from typing import TypeAlias

from tb_pairs_plugin.record import codec

# A text, true or false, or a finite number.
Attribute: TypeAlias = "str | bool | int | float"

MAX_ATTRIBUTES = 1024


def parse(value: object, name: str) -> Attribute:
    """Returns `value` if it is an attribute."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return codec.text(value, name)
    if type(value) is int and abs(value) <= codec.MAX_INTEGER:
        return value
    if type(value) is float:
        return codec.finite(value, name)
    raise codec.wrong(value, name, "a text, true, false or a finite number")


def parse_optional(value: object, name: str) -> Attribute | None:
    """Returns the same; null, of a sample without the attribute, is None."""
    return None if value is None else parse(value, name)


def parse_all(value: object, name: str) -> dict[str, Attribute]:
    """Returns the attributes of a sample, by name."""
    if not isinstance(value, dict) or len(value) > MAX_ATTRIBUTES:
        raise codec.wrong(value, name, f"an object of at most {MAX_ATTRIBUTES} attributes")
    return {
        codec.text(key, f"a name in {name}"): parse(one, codec.member_name(name, key))
        for key, one in value.items()
    }
