# SPDX-License-Identifier: Apache-2.0
"""A data provider in memory, which a test can change under the plugin's feet."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from tensorboard.data import provider

from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.kinds import StoredKind
from tb_pairs_plugin.record.metrics import extract_metrics
from tests.reading import logs
from tests.reading.logs import TAG, Pair

RUN = "run"


@dataclass
class Series:
    """The steps of one run and tag: wall time and elements by step."""

    plugin_content: bytes
    steps: dict[int, tuple[float, Any]] = field(default_factory=dict)


class MemoryProvider(provider.DataProvider):  # type: ignore[misc]
    """Holds series; counts the calls; `before_blob` runs before each blob is read."""

    def __init__(self) -> None:
        self.blobs: dict[tuple[str, str], Series] = {}
        self.tensors: dict[tuple[str, str], Series] = {}
        self.calls: Counter[str] = Counter()
        self.before_blob: Callable[[str], None] = lambda key: None
        self._lock = threading.Lock()

    def log(
        self,
        step: int,
        pairs: Sequence[Pair],
        *,
        run: str = RUN,
        tag: str = TAG,
        wall_time: float = 0,
        elsewhere: Sequence[bytes] = (),
        kind: StoredKind | None = None,
    ) -> None:
        """Adds or replaces a record, as a writer would log it."""
        manifest, elements = logs.record(pairs, elsewhere=elsewhere)
        manifest = replace(manifest, kind=kind)
        self.put(step, [manifest.to_bytes(), *elements[1:]], run=run, tag=tag, wall_time=wall_time)
        role = metadata.MetricsRole(tag).to_bytes()
        series = self.tensors.setdefault((run, metadata.make_metrics_tag(tag)), Series(role))
        series.steps[step] = wall_time, np.array(extract_metrics(manifest).to_bytes(), dtype=object)

    def put(
        self,
        step: int,
        elements: Sequence[bytes],
        *,
        run: str = RUN,
        tag: str = TAG,
        wall_time: float = 0,
        plugin_content: bytes = logs.MASK.to_bytes(),
    ) -> None:
        """Adds or replaces any blob sequence."""
        series = self.blobs.setdefault((run, tag), Series(plugin_content))
        series.steps[step] = wall_time, list(elements)

    def content(self, blobs: Sequence[bytes], *, run: str = RUN) -> None:
        """Adds a content value."""
        digests = tuple(logs.digest(blob) for blob in blobs)
        self.put(
            0,
            blobs,
            run=run,
            tag=metadata.make_content_tag(digests),
            plugin_content=metadata.ContentRole(digests).to_bytes(),
        )

    def _count(self, name: str) -> None:
        with self._lock:
            self.calls[name] += 1

    def _chosen(
        self, series: dict[tuple[str, str], Series], chosen: Any
    ) -> dict[str, dict[str, Series]]:
        found: dict[str, dict[str, Series]] = {}
        for (run, tag), one in series.items():
            if (chosen.runs is None or run in chosen.runs) and (
                chosen.tags is None or tag in chosen.tags
            ):
                found.setdefault(run, {})[tag] = one
        return found

    def list_plugins(self, ctx: Any = None, *, experiment_id: str) -> list[str]:
        self._count("list_plugins")
        return ["pairs"]

    def list_runs(self, ctx: Any = None, *, experiment_id: str) -> list[provider.Run]:
        self._count("list_runs")
        names = dict.fromkeys(run for run, _ in self.blobs)
        return [provider.Run(run_id=run, run_name=run, start_time=None) for run in names]

    def list_scalars(self, ctx: Any = None, **query: Any) -> dict[str, Any]:
        return {}

    def read_scalars(self, ctx: Any = None, **query: Any) -> dict[str, Any]:
        return {}

    def read_last_scalars(self, ctx: Any = None, **query: Any) -> dict[str, Any]:
        return {}

    def list_blob_sequences(
        self, ctx: Any = None, *, experiment_id: str, plugin_name: str, run_tag_filter: Any = None
    ) -> dict[str, dict[str, provider.BlobSequenceTimeSeries]]:
        self._count("list_blob_sequences")
        if plugin_name != metadata.PLUGIN_NAME:
            return {}
        return {
            run: {
                tag: provider.BlobSequenceTimeSeries(
                    max_step=max(one.steps),
                    max_wall_time=0.0,
                    max_length=max(len(elements) for _, elements in one.steps.values()),
                    plugin_content=one.plugin_content,
                    description="",
                    display_name="",
                )
                for tag, one in by_tag.items()
            }
            for run, by_tag in self._chosen(self.blobs, run_tag_filter).items()
        }

    def read_blob_sequences(
        self,
        ctx: Any = None,
        *,
        experiment_id: str,
        plugin_name: str,
        downsample: int,
        run_tag_filter: Any = None,
    ) -> dict[str, dict[str, list[provider.BlobSequenceDatum]]]:
        self._count("read_blob_sequences")
        assert downsample > 0
        return {
            run: {
                tag: [
                    provider.BlobSequenceDatum(
                        step=step,
                        wall_time=wall_time,
                        values=tuple(
                            provider.BlobReference(f"{run}\0{tag}\0{step}\0{element}")
                            for element in range(len(elements))
                        ),
                    )
                    for step, (wall_time, elements) in sorted(one.steps.items())
                ]
                for tag, one in by_tag.items()
            }
            for run, by_tag in self._chosen(self.blobs, run_tag_filter).items()
        }

    def read_tensors(
        self,
        ctx: Any = None,
        *,
        experiment_id: str,
        plugin_name: str,
        downsample: int,
        run_tag_filter: Any = None,
    ) -> dict[str, dict[str, list[provider.TensorDatum]]]:
        self._count("read_tensors")
        assert downsample > 0
        return {
            run: {
                tag: [
                    provider.TensorDatum(step=step, wall_time=wall_time, numpy=value)
                    for step, (wall_time, value) in sorted(one.steps.items())
                ]
                for tag, one in by_tag.items()
            }
            for run, by_tag in self._chosen(self.tensors, run_tag_filter).items()
        }

    def read_blob(self, ctx: Any = None, *, blob_key: str) -> bytes:
        self._count("read_blob")
        self.before_blob(blob_key)
        run, tag, step, element = blob_key.split("\0")
        _, elements = self.blobs[run, tag].steps[int(step)]
        blob: bytes = elements[int(element)]
        return blob
