# SPDX-License-Identifier: Apache-2.0
"""Runs, tags and what their pixels mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tb_pairs_plugin.reading.existing import PLUGIN_NAME
from tb_pairs_plugin.reading.existing.index import Existing, ExistingIndex, ExistingPair, Left
from tb_pairs_plugin.reading.existing.kinds import find_kind
from tb_pairs_plugin.reading.loading import Loading
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.kinds import StoredKind
from tb_pairs_plugin.record.metadata import RecordRole

MAX_SKIPPED = 200
MAX_LEFT = 500


@dataclass(frozen=True)
class _Alike:
    """What runs that share an element of `series` agree on."""

    content: bytes
    description: str
    kind: StoredKind = field(compare=False)
    source_bytes: bytes = b""  # as a dict can't be hashed
    source: dict[str, object] | None = field(default=None, compare=False)


def read(
    source: Source, index: ExistingIndex, scope: Scope, rules: str, loading: Loading
) -> dict[str, object]:
    """Returns the answer to a request of `tags`.

    Args:
      source: What to read from.
      index: What finds the pairs of pictures that are no records.
      scope: Whose data.
      rules: The rule file of whoever asks; may be empty.
      loading: What keeps the steps.
    """
    found = source.list_blob_sequences(scope)
    existing = index.read(scope, rules, found)
    order = source.list_runs(scope)
    known = set(order)
    others = _pairs_by_run(existing)
    listed = {*found, *others, *(run for one in existing.left for run in one.runs)}
    names = [run for run in order if run in listed] + sorted(listed - known)

    parsed: dict[bytes, RecordRole | str | None] = {}
    alikes: dict[int, _Alike] = {}  # by the identity of a pair, which most runs share
    runs: list[str] = []
    tags: dict[str, dict[_Alike, list[int]]] = {}
    skipped: list[dict[str, object]] = []
    for run in names:
        position = len(runs)
        shown = False
        for tag, series, role in _records(found.get(run, {}), parsed):
            if isinstance(role, str):
                if len(skipped) < MAX_SKIPPED:
                    skipped.append(codec.members(run=run, tag=tag, reason=role))
                continue
            shown = True
            alike = _Alike(series.plugin_content, series.description, role.kind)
            tags.setdefault(tag, {}).setdefault(alike, []).append(position)
        for name, pair in others.get(run, {}).items():
            shown = True
            if id(pair) not in alikes:
                alikes[id(pair)] = _make_alike(pair)
            tags.setdefault(name, {}).setdefault(alikes[id(pair)], []).append(position)
        if shown:
            runs.append(run)
    return codec.members(
        runs=runs,
        tags=[
            codec.members(
                tag=tag,
                series=[_series(alike, members, loading) for alike, members in by_content.items()],
            )
            for tag, by_content in sorted(tags.items(), key=_natural)
        ],
        skipped=skipped,
        kept={"program": loading.program, "limit": loading.limit, "flag": loading.keep_all},
        existing=_existing(existing),
    )


def _pairs_by_run(existing: Existing) -> dict[str, dict[str, ExistingPair]]:
    by_run: dict[str, dict[str, ExistingPair]] = {}
    for name, pairs in existing.pairs.items():
        for run, pair in pairs.items():
            by_run.setdefault(run, {})[name] = pair
    return by_run


def _make_alike(pair: ExistingPair) -> _Alike:
    kind = find_kind(pair.rule)
    source = _tell(pair)
    return _Alike(codec.dumps(kind.to_json()), "", kind, codec.dumps(source), source)


def _tell(pair: ExistingPair) -> dict[str, object]:
    """Returns what is said of a pair: where it comes from, by which rule, and how sure that is."""
    first = pair.proposals[0]
    return codec.members(
        source=PLUGIN_NAME,
        rule=first.rule,
        confidence=first.confidence.name.lower(),
        as_rule=pair.to_rule(),
    )


def _existing(existing: Existing) -> dict[str, object] | None:
    """Returns what is told of pictures that are no records; None where there are none."""
    if not existing.pairs and not existing.left and not existing.problems:
        return None
    return codec.members(
        left=[
            codec.members(
                tag=one.tag,
                pattern=one.pattern,
                reason=one.reason,
                run=one.runs[0],
                runs=len(one.runs),
                suggestion=_suggestion(one),
            )
            for one in existing.left[:MAX_LEFT]
        ],
        problems=existing.problems[:MAX_SKIPPED],
    )


def _suggestion(left: Left) -> dict[str, object] | None:
    strip = left.suggestion
    if strip is None:
        return None
    return codec.members(panes=[role.value for role in strip.panes], axis=strip.axis)


def _natural(item: tuple[str, object]) -> tuple[list[str | int], str]:
    """Orders by tag, with numbers as numbers: `val9` comes before `val10`, as in TensorBoard."""
    tag, _ = item
    # Texts and numbers take turns, so that like is compared with like.
    parts = re.split(r"([0-9]{1,300})", tag)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], tag


def _records(
    by_tag: Mapping[str, Any], parsed: dict[bytes, RecordRole | str | None]
) -> Iterator[tuple[str, Any, RecordRole | str]]:
    """Yields the tags that hold records, or should: then with the reason why they are skipped."""
    for tag, series in sorted(by_tag.items(), key=_natural):
        if metadata.is_reserved(tag):
            continue
        content = series.plugin_content
        if content not in parsed:
            parsed[content] = _parse(content)
        role = parsed[content]
        if role is not None:
            yield tag, series, role


def _parse(content: bytes) -> RecordRole | str | None:
    try:
        role = metadata.parse_role(content)
    except RecordError as error:
        return str(error)
    return role if isinstance(role, RecordRole) else None


def _series(alike: _Alike, runs: list[int], loading: Loading) -> dict[str, object]:
    source = None
    if alike.source is not None:
        limits = {"limit": loading.images_limit, "flag": loading.keep_images}
        source = alike.source | limits | {"program": loading.program}
    return codec.members(
        runs=runs, description=alike.description, kind=alike.kind.to_json(), source=source
    )
