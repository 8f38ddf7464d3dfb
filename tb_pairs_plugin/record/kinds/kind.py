# SPDX-License-Identifier: Apache-2.0
"""The base of the kinds as they are stored."""

from __future__ import annotations

import abc
from typing import ClassVar

from tb_pairs_plugin.record.codec import Fields


class StoredKind(abc.ABC):
    """What the pixels of a record mean, as it is stored with the tag and with each record.

    A new kind is a frozen dataclass in a file of this folder, and a line in `KINDS`. Kinds are
    equal where their members are. `tb_pairs_plugin.writing.kinds.kind` says what else it needs.

    Attributes:
      name: What it is called in JSON.
    """

    name: ClassVar[str]

    @classmethod
    @abc.abstractmethod
    def parse(cls, fields: Fields) -> StoredKind:
        """Returns the kind that `to_json` stored.

        Raises:
          RecordError: If a member is missing or invalid.
        """

    @abc.abstractmethod
    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind, with its `name`."""
