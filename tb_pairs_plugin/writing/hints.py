# SPDX-License-Identifier: Apache-2.0
"""Warnings about calls that are valid, but probably a mistake; each is issued once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.recording.record import Record
from tb_pairs_plugin.writing.warn import NotWrittenWarning, PairsWarning, warn_once

# Of ids, in a text.
_SHOWN = 3
# Calls of a tag that are looked at, until one says what its pictures look like.
_LOOKS = 8
# Tags that are followed; a program that makes a tag of each step is not.
_MOST_FOLLOWED = 1000


def say_no_writer(writer: object) -> None:
    """Warns, once, where there is no writer at all: a silent False is hard to find."""
    if writer is None:
        warn_once(
            "no writer",
            "pairs.summary has no writer and writes nothing: pass writer=, or make TensorFlow's "
            "the default one with writer.as_default()",
            NotWrittenWarning,
        )


def warn_about_record(record: Record) -> None:
    """Warns of oddities in the pairs of a record that was written."""
    if record.options.kind is None and _warn_about_inference(record.tag, record.kind, record.pairs):
        # Sizes that differ are right for another kind.
        return
    _warn_about_unknown(record.tag, record.pairs)
    if record.options.measure:
        _warn_about_sizes(record.tag, record.kind, record.pairs)
        _warn_about_classes(record.tag, record.kind, record.pairs)


def warn_about_call(record: Record) -> None:
    """Warns that ids of `select` are not among those of the samples that the caller gave.

    One call may hold only a part of a dataset. So it is said once the ids begin again, or at once
    where positions are chosen from samples that have names.
    """
    tag, select = record.tag, record.options.select
    if not isinstance(select, frozenset) or not record.pairs:
        return
    ids = [pair.id for pair in record.pairs]
    key = tag, select
    if key not in _searches and len(_searches) >= _MOST_FOLLOWED:
        return
    search = _searches.setdefault(key, Search(select))
    begins_again = search.look(ids)
    is_hopeless = all(map(_is_number, select)) and not any(map(_is_number, ids))
    if begins_again or is_hopeless:
        search.end(tag)


def forget() -> None:
    """Forgets all tags."""
    _searches.clear()
    _looks.clear()
    _doubted.clear()


class Search:
    """A search for the samples that `select` names."""

    def __init__(self, select: object) -> None:
        """Begins with nothing seen.

        Args:
          select: What `selection.check` returned.
        """
        self._select = select if isinstance(select, frozenset) else frozenset()
        self._missing = self._select
        self._seen: list[str] = []

    def look(self, ids: Sequence[str]) -> bool:
        """Notes some samples; says whether the first of all was seen before."""
        begins_again = bool(self._seen) and self._seen[0] in ids
        self._missing = self._missing.difference(ids)
        self._seen += ids[: _SHOWN - len(self._seen)]
        return begins_again

    def join(self, other: Search) -> None:
        """Adds what another process found in its search for the same samples."""
        self._missing = self._missing & other._missing
        self._seen += other._seen[: _SHOWN - len(self._seen)]

    def end(self, tag: str) -> None:
        """Warns of ids not found under a tag, once all samples were seen."""
        if not self._missing or not self._seen:
            return
        none = self._missing == self._select
        what = "none" if none else "not all"
        warn_once(
            ("select", tag),
            f"pairs finds {what} of select among the ids of {_name(tag)}: not "
            f"{_few(self._missing)}, but {_few(self._seen)}; without ids= a sample is named by its "
            "position in the call, or in the pass of a Collector",
            NotWrittenWarning if none else PairsWarning,
        )


_searches: dict[tuple[str, frozenset[str]], Search] = {}
_looks: dict[str, int] = {}
# Tags whose pictures look like those of another kind.
_doubted: set[str] = set()


def _warn_about_sizes(tag: str, kind: Kind, pairs: Sequence[Pair]) -> None:
    names = kind.own_metrics
    for pair in pairs:
        truth, prediction = pair.ground_truth.values.shape, pair.prediction.values.shape
        if truth == prediction or all(pair.metrics.get(name) is not None for name in names):
            continue
        warn_once(
            ("size", tag),
            f"pairs measures no {' or '.join(names)} of {_name(tag)}, as ground truth and "
            f"prediction differ in shape, {_shape(truth)} and {_shape(prediction)}; "
            f"{' and '.join(_to_measure(kind, truth, prediction))}, or pass metrics=False",
        )
        return


def _warn_about_unknown(tag: str, pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        share = max(pair.ground_truth.unknown, pair.prediction.unknown)
        if share:
            warn_once(
                ("unknown", tag),
                f"pairs knows no class of {max(0.1, 100 * share):.1f} % of the pixels of a "
                f"picture of {_name(tag)}, as their scores hold NaN: it measures nothing of the "
                "pair and shows the class of the highest number there, or class 0; "
                "np.nan_to_num(scores) makes them numbers",
            )
            return


def _warn_about_classes(tag: str, kind: Kind, pairs: Sequence[Pair]) -> None:
    unlisted = kind.find_unlisted([pair.counts for pair in pairs if pair.counts is not None])
    if unlisted is not None:
        warn_once(("unlisted", tag), f"pairs shows {_name(tag)} {unlisted}")


def _to_measure(kind: Kind, truth: Sequence[int], prediction: Sequence[int]) -> list[str]:
    changes = []
    if truth[:2] != prediction[:2]:
        changes.append(f"resize='bilinear' {kind.resize_hint}")
    if truth[2:] != prediction[2:]:
        changes.append("give both as many channels")
    return changes


def _warn_about_inference(tag: str, kind: Kind, pairs: Sequence[Pair]) -> bool:
    """Says whether the kind that was inferred is in doubt."""
    looks = _looks.get(tag, 0)
    if not pairs or looks >= _LOOKS or len(_looks) >= _MOST_FOLLOWED:
        return tag in _doubted
    doubt = kind.find_doubt(
        [pair.ground_truth for pair in pairs], [pair.prediction for pair in pairs]
    )
    # Empty masks and black photographs look alike: the next call may tell.
    _looks[tag] = looks + 1 if doubt is None else _LOOKS
    if doubt:
        _doubted.add(tag)
        warn_once(("classes", tag), f"pairs shows {_name(tag)} {doubt}")
    return tag in _doubted


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def _few(texts: Iterable[str]) -> str:
    shown = sorted(set(texts))
    more = [] if len(shown) <= _SHOWN else ["…"]
    return ", ".join([*map(repr, shown[:_SHOWN]), *more])


def _name(tag: str) -> str:
    return repr(codec.text(tag, "tag"))


def _shape(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape))
