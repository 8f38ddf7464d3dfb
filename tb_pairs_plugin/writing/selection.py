# SPDX-License-Identifier: Apache-2.0
"""Which of the pairs to write."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.writing import names, scores
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.kinds.kind import Kind


class Candidate(Protocol):
    """A pair that may be written; what a predicate is given."""

    @property
    def id(self) -> str:
        """The sample's id."""

    @property
    def caption(self) -> str | None:
        """The sample's caption."""

    @property
    def metrics(self) -> Mapping[str, float | None]:
        """The kind's own metrics and the caller's."""

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """The sample's attributes."""


C = TypeVar("C", bound=Candidate)


@dataclass(frozen=True)
class Extreme:
    """The `n` pairs at one end of a metric; made by `worst` and `best`."""

    n: int
    by: str | None
    worst: bool

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If `n` is negative or `by` is not a name.
        """
        object.__setattr__(self, "n", _count(self.n, "n", 0))
        if self.by is not None and not isinstance(self.by, str):
            raise ValueError(f"by is {self.by!r}, want the name of a metric")

    def name_of(self, names: Sequence[str]) -> str:
        """Returns the metric to sort by, of those there are.

        Raises:
          ValueError: If there is none, or none of that name.
        """
        if self.by is None and names:
            return names[0]
        if self.by is None or self.by not in names:
            want = f"one of {', '.join(names)}" if names else "metrics; there are none"
            raise ValueError(f"select sorts by {self.by or 'the first metric'}, want {want}")
        return self.by

    def rank(self, candidate: Candidate, name: str, kind: Kind) -> float:
        """Returns a sort key, smaller for preferred pairs; pairs without the metric come last."""
        value = candidate.metrics.get(name)
        if value is None or math.isnan(value):
            return math.inf
        # The bad end is the low one, unless a low value is the good one.
        return value if self.worst != scores.is_lower_better(name, kind) else -value


@dataclass(frozen=True)
class Every:
    """Every pair, at steps that `n_steps` divides; made by `every`."""

    n_steps: int

    def __post_init__(self) -> None:
        """Checks the argument.

        Raises:
          ValueError: If `n_steps` is not positive.
        """
        object.__setattr__(self, "n_steps", _count(self.n_steps, "n_steps", 1))


Predicate: TypeAlias = Callable[[Any], bool]
Select: TypeAlias = "Collection[int | str] | Predicate | Extreme | Every | None"


def worst(n: int, by: str | None = None) -> Extreme:
    """Selects the `n` worst pairs of a call, the worst first.

    Args:
      n: How many, at most.
      by: The name of a metric, the kind's own or the caller's; None takes the first (of a kind's
        own: `iou`, `mae`). Whether low or high is bad follows from its name, as in
          `docs/writing.md`.
    """
    return Extreme(n, by, worst=True)


def best(n: int, by: str | None = None) -> Extreme:
    """Selects the `n` best pairs of a call, the best first; the arguments are those of `worst`."""
    return Extreme(n, by, worst=False)


def every(n_steps: int) -> Every:
    """Selects all pairs at steps that `n_steps` divides, and none at others."""
    return Every(n_steps)


def check(select: Any) -> Select:
    """Returns the argument `select`, ids as a frozen set of texts.

    Raises:
      ValueError: If it is nothing that selects.
    """
    if select is None or isinstance(select, (Extreme, Every)) or callable(select):
        return select  # type: ignore[no-any-return]
    if isinstance(select, (str, bytes, Mapping)) or not isinstance(select, Iterable):
        raise ValueError(
            f"select is {conversion.show(select)}, want indices or ids, a predicate, "
            "pairs.worst(n), pairs.best(n) or pairs.every(n)"
        )
    return frozenset(names.to_id(one, "select") for one in select)


def needs_metrics(select: Select) -> bool:
    """Says whether a choice depends on what the pairs measure."""
    return isinstance(select, Extreme) or callable(select)


def is_due(select: Select, step: int | None) -> bool:
    """Says whether anything at all can be selected at `step`."""
    return not isinstance(select, Every) or step is None or step % select.n_steps == 0


def choose(select: Select, candidates: Sequence[C], names: Sequence[str], kind: Kind) -> list[C]:
    """Returns the pairs that are selected, in the order they are to be written.

    Args:
      select: What `check` returned.
      candidates: The pairs, in the caller's order.
      names: The metrics there are, the one to sort by first.
      kind: Of the pairs.
    """
    if isinstance(select, Extreme):
        if not candidates:
            return []
        name = select.name_of(names)
        return sorted(candidates, key=lambda one: select.rank(one, name, kind))[: select.n]
    if isinstance(select, frozenset):
        return [one for one in candidates if one.id in select]
    if callable(select):
        return [one for one in candidates if select(one)]
    return list(candidates)


def _count(value: Any, name: str, least: int) -> int:
    number = conversion.to_integer(value)
    if number is None or number < least:
        raise ValueError(f"{name} is {value!r}, want an integer of at least {least}")
    return number
