# SPDX-License-Identifier: Apache-2.0
"""Which records of a run are of another kind than its tag says.

TensorBoard keeps what the first record of a tag says. A training that was started again may have
given the tag another kind, so each record says its own, and its metrics value a mark of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tb_pairs_plugin.reading.records import MAX_AGE, RecordAtStep, Records
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.source import Scope
from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.kinds import StoredKind, make_mark
from tb_pairs_plugin.record.metadata import RecordRole

MAX_KINDS = 16  # of one run; of steps with more it is not told which they are


class Kinds:
    """The kinds of one tag's records, by run."""

    def __init__(
        self, records: Records, scope: Scope, tag: str, contents: Mapping[str, bytes]
    ) -> None:
        """Reads from `records`; `contents` is the plugin data of the tag, by run."""
        self._records = records
        self._scope = scope
        self._tag = tag
        self._contents = contents
        # Runs of one program say the same, which may be long.
        distinct = set(contents.values())
        self._kinds = {content: _kind_of(content) for content in distinct}
        self._unread = False

    @property
    def unread(self) -> bool:
        """Whether a record that was wanted could not be read, which may pass."""
        return self._unread

    def find_kind_content(self, run: str) -> bytes:
        """Returns the plugin data of the tag in a run."""
        return self._contents.get(run, b"")

    def to_json(
        self, run: str, steps: Sequence[int], marks: Mapping[int, str]
    ) -> dict[str, object]:
        """Returns the kinds of a run, and for each step which it is; nothing if all are the tag's.

        A step is None where that is not known: its manifest can't be read, or there are too many.

        Args:
          run: The run.
          steps: Of its records.
          marks: By position in `steps` the mark of the record, where it says one.
        """
        kind = self._kinds.get(self.find_kind_content(run))
        if kind is None or not marks:
            return {}
        own = make_mark(kind)
        firsts: dict[str, int] = {}
        for position, mark in marks.items():
            if mark != own and len(firsts) < MAX_KINDS:
                firsts.setdefault(mark, position)
        if not firsts:
            return {}
        at = [(steps[position], run) for position in firsts.values()]
        try:
            found = self._records.read(self._scope, self._tag, at, MAX_AGE, RecordAtStep)
        except HttpError:
            # Its records are gone meanwhile; the metrics value was there.
            self._unread = True
            return {}
        kinds: list[StoredKind] = [kind]
        places = {own: 0}
        for mark, record in zip(firsts, found, strict=False):
            if record.manifest is None:
                self._unread = True
                continue
            its = record.manifest.kind
            # Another writer's mark of the same kind may differ.
            if its is None or its == kind:
                places[mark] = 0
            else:
                places[mark] = len(kinds)
                kinds.append(its)
        kind_at = [places.get(marks.get(position, own)) for position in range(len(steps))]
        if not any(at != 0 for at in kind_at):
            return {}
        return codec.members(kinds=[one.to_json() for one in kinds], kind_at=kind_at)


def _kind_of(content: bytes) -> StoredKind | None:
    try:
        role = metadata.parse_role(content)
    except RecordError:
        return None
    return role.kind if isinstance(role, RecordRole) else None
