# SPDX-License-Identifier: Apache-2.0
"""Runs, tags and what their pixels mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tb_pairs_plugin.reading.loading import Loading
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.metadata import RecordRole

MAX_SKIPPED = 200


def read(source: Source, scope: Scope, loading: Loading) -> dict[str, object]:
    """Returns the answer to a request of `tags`.

    Args:
      source: What to read from.
      scope: Whose data.
      loading: What keeps the steps.
    """
    found = source.list_blob_sequences(scope)
    order = source.list_runs(scope)
    known = set(order)
    names = [run for run in order if run in found] + [run for run in found if run not in known]

    parsed: dict[bytes, RecordRole | str | None] = {}
    runs: list[str] = []
    tags: dict[str, dict[tuple[bytes, str], list[int]]] = {}
    skipped: list[dict[str, object]] = []
    for run in names:
        position = len(runs)
        shown = False
        for tag, series, role in _records(found[run], parsed):
            if isinstance(role, str):
                if len(skipped) < MAX_SKIPPED:
                    skipped.append(codec.members(run=run, tag=tag, reason=role))
                continue
            shown = True
            alike = tags.setdefault(tag, {})
            alike.setdefault((series.plugin_content, series.description), []).append(position)
        if shown:
            runs.append(run)
    return codec.members(
        runs=runs,
        tags=[
            codec.members(
                tag=tag,
                series=[
                    _series(parsed[content], description, members)
                    for (content, description), members in alike.items()
                ],
            )
            for tag, alike in sorted(tags.items(), key=_natural)
        ],
        skipped=skipped,
        kept={"program": loading.program, "limit": loading.limit, "flag": loading.keep_all},
    )


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


def _series(role: RecordRole | str | None, description: str, runs: list[int]) -> dict[str, object]:
    assert isinstance(role, RecordRole)
    return codec.members(
        runs=runs,
        description=description,
        kind=role.kind.to_json(),
    )
