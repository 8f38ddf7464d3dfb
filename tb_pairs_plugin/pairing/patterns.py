# SPDX-License-Identifier: Apache-2.0
"""Regular expressions whose time is bounded.

A rule file lies in a log directory, so anybody who writes logs may have written it. Python's `re`
backtracks, so an expression such as `(a+)+` takes time that doubles with each character. Here only
those are compiled whose number of ways to match is bounded: it is counted from the expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tb_pairs_plugin.pairing.names import MAX_TAG

MAX_LENGTH = 500
# Ways to match a tag: three times `.*` and a choice of three, a second at the very worst.
MAX_WAYS = 100_000_000

_COUNT = re.compile(r"\{(?=[\d,])(\d*)(?:(,)(\d*))?\}")
_GROUP = re.compile(r"\((?:\?:|\?P<[A-Za-z_]\w*>|(?!\?))")


class PatternError(ValueError):
    """A regular expression that is refused; the message says why, and what is accepted."""


def compile_pattern(text: str) -> re.Pattern[str]:
    r"""Compiles a regular expression that is tried on whole tags.

    Literals, `.`, classes, escapes such as `\d`, groups, `|` and the repetitions `*`, `+`, `?`
    and `{m,n}` are taken.

    Raises:
      PatternError: If it is not a regular expression, or might take too long.
    """
    if len(text) > MAX_LENGTH:
        raise PatternError(f"has {len(text)} characters, want at most {MAX_LENGTH}")
    try:
        compiled = re.compile(text)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        # A warning of an expression that is ambiguous is an error in programs that ask for that.
        raise PatternError(f"is not a regular expression: {error}") from None
    ways = _Scanner(text).ways()
    if ways > MAX_WAYS:
        raise PatternError(
            "may take too long on a long tag; want fewer of `*`, `+`, `?` and `|`, such as one "
            "`.*` instead of several"
        )
    return compiled


@dataclass
class _Scanner:
    """Counts the ways in which an expression may match; `text` is known to be one."""

    text: str
    at: int = 0

    def ways(self) -> int:
        total = 0
        product = 1
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                total, product = total + product, 1
            else:
                product = min(product * self._multiply_ways(self._item()), MAX_WAYS + 1)
        return total + product

    def _item(self) -> int:
        """Passes one character, class or group; returns in how many ways it matches."""
        character = self.text[self.at]
        if character == "(":
            return self._group()
        if character == "[":
            self._pass_class()
        elif character == "\\":
            self._pass_escape()
        else:
            self.at += 1
        return 1

    def _group(self) -> int:
        start = _GROUP.match(self.text, self.at)
        if start is None:
            raise PatternError(
                f"has a group that begins with {self.text[self.at : self.at + 3]!r}, want `(`, "
                "`(?:` or `(?P<name>`"
            )
        self.at = start.end()
        ways = self.ways()
        self.at += 1
        return ways

    def _pass_class(self) -> None:
        self.at += 1
        if self.text.startswith("^", self.at):
            self.at += 1
        # A bracket that comes first is a character of the class.
        first = self.at
        while self.text[self.at] != "]" or self.at == first:
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += 1

    def _pass_escape(self) -> None:
        if self.text[self.at + 1].isdigit():
            raise PatternError(
                "refers back to a group, which is not taken; repeat the words instead"
            )
        self.at += 2

    def _multiply_ways(self, ways: int) -> int:
        """Passes the repetition behind an item; returns in how many ways all of it matches."""
        least, most = self._repetition()
        if (least, most) == (1, 1):
            return ways
        if ways > 1 and most > 1:
            raise PatternError(
                "repeats a group that has a repetition or a choice within it, which may take for "
                "ever; want the repetition once"
            )
        return (ways + 1) if most == 1 else most - least + 1

    def _repetition(self) -> tuple[int, int]:
        counted = _COUNT.match(self.text, self.at)
        if counted:
            self.at = counted.end()
            least = int(counted[1] or 0)
            most = least if counted[2] is None else int(counted[3] or MAX_TAG)
        elif self.at < len(self.text) and self.text[self.at] in "*+?":
            least = 1 if self.text[self.at] == "+" else 0
            most = 1 if self.text[self.at] == "?" else MAX_TAG
            self.at += 1
        else:
            return 1, 1
        if self.text.startswith("?", self.at):
            self.at += 1  # the shortest match first, which is as many ways
        elif self.text.startswith("+", self.at):
            raise PatternError("has a possessive repetition, which is not taken; leave out its `+`")
        return least, max(least, most)
