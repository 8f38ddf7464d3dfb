# SPDX-License-Identifier: Apache-2.0
"""Recomputes the numbers of the page from the event files with NumPy.

Records are read by `tests/format_reader.py`, which shares no code with the package, and metrics
come from the pixels, not from what a record says of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tensorboard.backend.event_processing import event_file_loader
from tensorboard.compat.proto import event_pb2
from tensorboard.plugins.hparams import plugin_data_pb2

from tests import format_reader
from tests.browser.metrics import (
    METRICS,
    SMALL_IS_GOOD,
    Array,
    changed_classes,
    changed_colors,
    changed_flow,
    changed_numbers,
    ssim,
)
from tests.format_reader import Picture, Record, Sample

Scope = dict[str, Any]


class Unknown(Exception):
    """A scope that names something that isn't in the log, or that says too little."""


@dataclass(frozen=True)
class View:
    """What a test asked the page to show."""

    tag: str
    runs: tuple[str, ...]
    # Of all samples those that the filter lets through.
    samples: tuple[str, ...]


class Log:
    """All records of a log directory, and the numbers that follow from them."""

    def __init__(self, logdir: Path) -> None:
        self.records: dict[tuple[str, str], dict[int, Record]] = {}
        for run in sorted(path.name for path in logdir.iterdir()):
            for record in format_reader.read(logdir / run):
                series = self.records.setdefault((record.value.tag, run), {})
                series[record.value.step] = record
        self.hparams = {run: read_hparams(logdir / run) for _, run in self.records}
        self._values: dict[Any, float | None] = {}

    @cached_property
    def steps(self) -> set[int]:
        """The steps of all records."""
        return {step for series in self.records.values() for step in series}

    def record(self, scope: Scope, step: object = None) -> Record:
        """The record that a scope is of."""
        at = int(str(scope["step"] if step is None else step))
        try:
            return self.records[scope["tag"], scope["run"]][at]
        except KeyError:
            raise Unknown(f"no record of {scope} at {at}") from None

    def samples(self, tag: str) -> set[str]:
        """The ids of all samples of a tag."""
        return {
            sample.entry["id"]
            for (one, _), series in self.records.items()
            if one == tag
            for record in series.values()
            for sample in record.samples
        }

    def value(self, record: Record, sample: str, metric: str) -> float | None:
        """A metric of one sample, from its pixels, or as the caller gave it."""
        key = id(record), sample, metric
        if key not in self._values and metric == "instability":
            self._values[key] = self._instability(record, sample)
        if key not in self._values:
            found = find_sample(record, sample)
            measure = METRICS.get(metric)
            self._values[key] = (
                logged(found, metric)
                if measure is None
                else measure(*arrays(found), ignored(record))
            )
        return self._values[key]

    def _instability(self, record: Record, sample: str) -> float | None:
        """The share of the pixels that changed since the record before, by the kind's limit."""
        (series,) = (
            one for one in self.records.values() if any(other is record for other in one.values())
        )
        earlier = [step for step in series if step < record.value.step]
        if not earlier:
            return None
        now = find_sample(record, sample)
        was = {one.entry["id"]: one for one in series[max(earlier)].samples}.get(sample)
        # An id may be a place in a batch: only of the same ground truth is it the same sample.
        if was is None or truth_digest(was) != truth_digest(now):
            return None
        change, kind = (arrays(was)[1], arrays(now)[1]), record.value.data["kind"]
        shown = now.entry.get("range") or kind.get("range")
        changes: dict[str, Callable[[], float | None]] = {
            "mask": lambda: changed_classes(*change, ignored(record)),
            "image": lambda: changed_colors(*change),
            "heatmap": lambda: changed_numbers(*change, shown),
            "flow": lambda: changed_flow(*change),
        }
        return changes[kind["name"]]()

    def mean(self, record: Record, metric: str) -> float | None:
        """The mean over the samples that have a finite value; else the infinity that all have."""
        averaged = self.averaged(record, metric)
        if averaged and math.isinf(averaged[0]):
            return averaged[0]
        return float(np.mean(averaged)) if averaged else None

    def averaged(self, record: Record, metric: str) -> list[float]:
        """The values that a mean is over."""
        values = [self.value(record, one.entry["id"], metric) for one in record.samples]
        measured = [one for one in values if one is not None and not math.isnan(one)]
        finite = [one for one in measured if math.isfinite(one)]
        return finite or (measured if len(set(measured)) == 1 else [])

    def nearest(self, tag: str, run: str, step: int) -> Record:
        """A run's record at the step nearest to `step`, the earlier of two."""
        series = self.records[tag, run]
        return series[min(sorted(series), key=lambda one: abs(one - step))]

    def expected(self, scope: Scope, view: View) -> float | None:
        """The number that a scope describes; None where it was not measured.

        Raises:
          Unknown: If the scope is not of what `view` shows, or not whole.
        """
        compute: dict[str, Callable[[Scope], float | None]] = {
            "value": self._value,
            "mean": self._mean,
            "lead": self._lead,
            "change": self._change,
            "count": lambda scope: self._count(scope, view),
            "share": self._share,
            "distance": self._distance,
            "low": self._end,
            "high": self._end,
            "step": self._step,
            "offset": self._offset,
            "attribute": self._attribute,
            "best threshold": self._best_threshold,
            "hyperparameter": self._hyperparameter,
        }
        # The list of runs names those that are off too.
        if scope.get("run", view.runs[0]) not in view.runs and scope["what"] not in (
            "mean",
            "step",
            "hyperparameter",
        ):
            raise Unknown(f"{scope['run']} is off")
        try:
            return compute[scope["what"]](scope)
        except KeyError as error:
            raise Unknown(f"{error} is missing in {scope}") from None

    def _value(self, scope: Scope) -> float | None:
        record = self.record(scope)
        if "threshold" in scope:
            return self._threshold_score(scope)
        if "class" not in scope:
            return self.value(record, scope["sample"], scope["metric"])
        hits, false, missed = self._class_counts(scope)
        total = hits + false + missed
        return hits / total if total else None

    def _threshold_score(self, scope: Scope) -> float | None:
        hits, false, missed = self._threshold_counts(scope, scope["threshold"])
        parts = {
            "precision": (hits, hits + false),
            "recall": (hits, hits + missed),
            "iou": (hits, hits + false + missed),
            "dice": (2 * hits, 2 * hits + false + missed),
        }
        part, whole = parts[scope["metric"]]
        return part / whole if whole else None

    def _threshold_counts(self, scope: Scope, least: float) -> tuple[int, int, int]:
        """TP, FP and FN of where values are at least a threshold."""
        counts = np.zeros(3, int)
        for truth, prediction in map(arrays, choose_samples(self.record(scope), scope)):
            was, got = truth >= least, prediction >= least
            judged = ~np.isnan(truth)
            counts += [(was & got).sum(), (got & ~was & judged).sum(), (was & ~got).sum()]
        return int(counts[0]), int(counts[1]), int(counts[2])

    def _best_threshold(self, scope: Scope) -> float:
        chosen = self.record(scope).samples
        truths = [
            arrays(one)[0]
            for one in chosen
            if scope.get("sample", one.entry["id"]) == one.entry["id"]
        ]
        low, high = np.unique(np.concatenate([one.ravel() for one in truths]))
        grid = low + np.arange(1, 201) / 200 * (high - low)
        scores = [self._threshold_score(scope | {"threshold": one}) or 0 for one in grid]
        return float(grid[int(np.argmax(scores))])

    def _mean(self, scope: Scope) -> float | None:
        if "slice" in scope:
            values = self._measured_in(scope)
            if scope["samples"] != len(values):
                raise Unknown(f"{len(values)} samples were measured, not {scope['samples']}")
            return float(np.mean(values)) if values else None
        record, metric = self.record(scope), scope["metric"]
        mean = self.mean(record, metric)
        if mean is not None and scope["samples"] != len(self.averaged(record, metric)):
            raise Unknown(f"{scope['samples']} samples, want {len(self.averaged(record, metric))}")
        return mean

    def _measured_in(self, scope: Scope) -> list[float]:
        """The finite values of a metric over the samples of a slice in one record."""
        record = self.record(scope)
        here = {sample.entry["id"] for sample in record.samples}
        found = [
            self.value(record, one, scope["metric"])
            for one in self.slice(scope["tag"], scope["slice"])
            if one in here
        ]
        return [one for one in found if one is not None and math.isfinite(one)]

    def slice(self, tag: str, chosen: Scope) -> list[str]:
        """The ids of the samples that share a value of an attribute, the same in all records."""
        known: dict[str, Any] = {}
        for (one, _), series in self.records.items():
            for record in series.values() if one == tag else ():
                for sample in record.samples:
                    attributes = sample.entry.get("attributes", {})
                    known[sample.entry["id"]] = attributes.get(chosen["attribute"])
        value = chosen["value"]
        if not isinstance(value, list):
            return [name for name, own in known.items() if own == value]
        low, high = value
        numbers = {name: own for name, own in known.items() if isinstance(own, (int, float))}
        top = max(numbers.values())
        return [name for name, own in numbers.items() if low <= own < high or own == high == top]

    def _lead(self, scope: Scope) -> float:
        there = scope.get("againstStep", scope["step"])
        other = self.record(scope | {"run": scope["against"]}, there)
        values = [
            self.value(record, scope["sample"], scope["metric"])
            for record in (self.record(scope), other)
        ]
        best, second = (math.nan if one is None else one for one in values)
        by = second - best if scope["metric"] in SMALL_IS_GOOD else best - second
        if not by > 0:
            raise Unknown(f"{scope['run']} does not lead: {best} against {second}")
        return by

    def _change(self, scope: Scope) -> float:
        now, before = (
            self.value(self.record(scope, step), scope["sample"], scope["metric"])
            for step in (scope["step"], scope["since"])
        )
        if now is None or before is None:
            raise Unknown("a change of what was not measured")
        return now - before

    def _attribute(self, scope: Scope) -> float:
        (known,) = {
            sample.entry["attributes"][scope["noun"]]
            for (tag, _), series in self.records.items()
            if tag == scope["tag"]
            for record in series.values()
            for sample in record.samples
            if sample.entry["id"] == scope["sample"]
        }
        return float(known)

    def _hyperparameter(self, scope: Scope) -> float:
        try:
            return self.hparams[scope["run"]][scope["noun"]]
        except KeyError:
            raise Unknown(f"no hyperparameter of {scope}") from None

    def _step(self, scope: Scope) -> float:
        step = int(scope["step"])
        known = self.records.get((scope.get("tag", ""), scope.get("run", "")), self.steps)
        # `nearest to 20` names the step that the run doesn't have.
        if step not in known and step not in self.steps:
            raise Unknown(f"no step {step}")
        return step

    def _offset(self, scope: Scope) -> float:
        # All runs but the one that is late have the same steps.
        asked = min(
            self.steps,
            key=lambda step: (step == int(scope["step"]), abs(step - int(scope["step"]))),
        )
        return int(scope["step"]) - asked

    def _class_counts(self, scope: Scope) -> tuple[int, int, int]:
        """TP, FP and FN of a class in a sample, or in all that the scope says it is of."""
        record = self.record(scope)
        one, skipped = scope["class"], ignored(record)
        counts = np.zeros(3, int)
        for truth, prediction in map(arrays, choose_samples(record, scope)):
            judged = ~np.isin(truth, skipped)
            was, got = (truth == one) & judged, (prediction == one) & judged
            counts += [(was & got).sum(), (got & ~was).sum(), (was & ~got).sum()]
        return int(counts[0]), int(counts[1]), int(counts[2])

    def _count(self, scope: Scope, view: View) -> float | None:
        noun = scope["noun"]
        if "slice" in scope:
            if noun == "measured samples":
                return len(self._measured_in(scope))
            assert noun == "samples"
            return len(self.slice(scope["tag"], scope["slice"]))
        of_view = {
            "listed tags": 1,
            "shown runs": len(view.runs),
            "shown samples": len(view.samples),
            "listed samples": len(view.samples),
            "steps": len({step for run in view.runs for step in self.records[view.tag, run]}),
        }
        if noun in of_view:
            return of_view[noun]
        if noun == "place":
            return 1 + view.samples.index(scope["sample"])
        if noun == "runs" and "sample" in scope:
            return self._tied(scope, view)
        places = {"true positives": 0, "false positives": 1, "false negatives": 2}
        if noun in places and "threshold" in scope:
            return self._threshold_counts(scope, scope["threshold"])[places[noun]]
        if noun in places:
            return self._class_counts(scope)[places[noun]]
        if noun == "confused pixels":
            return self._confused(scope)[0]
        if noun == "samples with the confusion":
            return self._samples_with(scope)
        if noun == "samples without the confusion":
            return len(self.record(scope).samples) - self._samples_with(scope)
        if noun == "wrong pixels":
            return int(self._wrong(scope).sum())
        if noun in ("columns", "rows"):
            entry = find_sample(self.record(scope), scope["sample"]).pictures["prediction"].entry
            return int(entry["width" if noun == "columns" else "height"])
        if noun == "samples" and "metric" in scope:
            return len(self.averaged(self.record(scope), scope["metric"]))
        if noun in ("samples", "logged samples") and "run" in scope:
            return len(self.record(scope).samples)
        if noun == "samples":
            return len(self.samples(scope.get("tag", view.tag)))
        if noun == "tags":
            return len({tag for tag, _ in self.records})
        if noun == "runs":
            return len(view.runs) if "tag" in scope else len({run for _, run in self.records})
        if noun == "classes":
            (kind,) = {
                len(record.value.data["kind"]["classes"])
                for (tag, _), series in self.records.items()
                if tag == scope["tag"]
                for record in series.values()
            }
            return kind
        raise KeyError(noun)

    def _tied(self, scope: Scope, view: View) -> int:
        """How many runs are equally good at a step that all of them have; none is better."""
        values = {
            run: self.value(record, scope["sample"], scope["metric"])
            for run in view.runs
            for record in [self.nearest(scope["tag"], run, int(scope["step"]))]
        }
        choose = min if scope["metric"] in SMALL_IS_GOOD else max
        best = choose(one for one in values.values() if one is not None)
        tied = [run for run, value in values.items() if value == best]
        if tied != scope["runs"]:
            raise Unknown(f"{tied} are the best")
        return len(tied)

    def rare_confusion(self, tag: str, run: str, step: int) -> tuple[tuple[int, int], list[str]]:
        """The confusion in the fewest samples but more than one, and these, the worst first."""
        record = self.records[tag, run][step]
        classes = [one["id"] for one in record.value.data["kind"]["classes"]]
        found = {}
        for was, got in itertools.permutations(classes, 2):
            scope = {"tag": tag, "run": run, "step": step, "class": was, "predicted": got}
            pixels = self._confused_by_sample(scope)
            found[was, got] = sorted(pixels, key=lambda one: -pixels[one])
        rarest = min(found, key=lambda one: (len(found[one]) < 2, len(found[one])))
        return rarest, found[rarest]

    def _samples_with(self, scope: Scope) -> int:
        """How many samples of a record have a confusion."""
        return len(self._confused_by_sample(scope))

    def _confused_by_sample(self, scope: Scope) -> dict[str, int]:
        """The pixels of a confusion in each sample of a record that has it."""
        ids = [one.entry["id"] for one in self.record(scope).samples]
        pixels = {one: self._confused(scope | {"sample": one})[0] for one in ids}
        return {one: count for one, count in pixels.items() if count > 0}

    def _confused(self, scope: Scope) -> tuple[int, int]:
        """Pixels of a class that were taken for another, or rightly for it, and all of it."""
        record = self.record(scope)
        counts = np.zeros(2, int)
        for truth, prediction in map(arrays, choose_samples(record, scope)):
            was = (truth == scope["class"]) & ~np.isin(truth, ignored(record))
            counts += [(was & (prediction == scope["predicted"])).sum(), was.sum()]
        return int(counts[0]), int(counts[1])

    def _wrong(self, scope: Scope) -> Array:
        record = self.record(scope)
        truth, prediction = arrays(find_sample(record, scope["sample"]))
        return np.asarray((truth != prediction) & ~np.isin(truth, ignored(record)))

    def _distance(self, scope: Scope) -> float:
        """How far a prediction is from the ground truth, or that of the step before it."""
        record = self.record(scope)
        truth, prediction = arrays(find_sample(record, scope["sample"]))
        if scope["against"] == "The step before":
            steps = self.records[scope["tag"], scope["run"]]
            before = max(step for step in steps if step < record.value.step)
            truth = arrays(find_sample(steps[before], scope["sample"]))[1]
        else:
            assert scope["against"] == "Ground truth"
        if scope["noun"] == "differs":
            judged = ~np.isin(truth, ignored(record))
            return float(((truth != prediction) & judged).sum() / judged.sum())
        if scope["noun"] == "SSIM":
            return ssim(truth, prediction)
        error = prediction - truth
        if scope["noun"] == "end-point error":
            error = np.hypot(error[..., 0], error[..., 1])
        return float(np.abs(error[np.isfinite(error)]).mean())

    def _share(self, scope: Scope) -> float:
        if scope["noun"] == "pixels of the class":
            taken_as, of_class = self._confused(scope)
            return taken_as / of_class
        if "against" in scope:
            return self._distance(scope)
        assert scope["noun"] == "wrong pixels"
        wrong = self._wrong(scope)
        truth, prediction = arrays(find_sample(self.record(scope), scope["sample"]))
        taken = wrong & (truth == scope["class"]) & (prediction == scope["predicted"])
        return float(taken.sum() / wrong.sum())

    def _end(self, scope: Scope) -> float:
        """The lowest or highest number that a curve or a histogram holds, over the runs shown."""
        choose = min if scope["what"] == "low" else max
        tag, sample = scope["tag"], scope["sample"]
        if scope["noun"] == "curves":
            values = [
                self.value(record, sample, scope["metric"])
                for run in scope["runs"]
                for record in self.records[tag, run].values()
            ]
            return choose(one for one in values if one is not None and math.isfinite(one))
        assert scope["noun"] == "values"
        shown = [
            find_sample(self.nearest(tag, run, int(scope["step"])), sample) for run in scope["runs"]
        ]
        if shown[0].pictures["prediction"].kind == "image":
            # As the pixels are said, which are of 8 bits.
            return 0 if scope["what"] == "low" else 255
        return choose(float(choose(one.flat)) for each in shown for one in arrays(each))


def read_hparams(run: Path) -> dict[str, float]:
    """The hyperparameters of a run that are numbers, by name."""
    found: dict[str, float] = {}
    for path in sorted(run.glob("*.tfevents.*")):
        for event in event_file_loader.RawEventFileLoader(str(path)).Load():
            for value in event_pb2.Event.FromString(event).summary.value:
                if value.metadata.plugin_data.plugin_name != "hparams":
                    continue
                content = value.metadata.plugin_data.content
                session = plugin_data_pb2.HParamsPluginData.FromString(content).session_start_info
                found |= {name: one.number_value for name, one in session.hparams.items()}
    return found


def find_sample(record: Record, name: str) -> Sample:
    """The sample of that id."""
    for sample in record.samples:
        if sample.entry["id"] == name:
            return sample
    raise Unknown(f"no sample {name} at step {record.value.step}")


def choose_samples(record: Record, scope: Scope) -> list[Sample]:
    """The one sample of a scope, or all of the record, of which it must say how many there are."""
    if "sample" in scope:
        return [find_sample(record, scope["sample"])]
    if scope["samples"] != len(record.samples):
        raise Unknown(f"of {len(record.samples)} samples, not of {scope['samples']}")
    return record.samples


def truth_digest(sample: Sample) -> str:
    """The digest of the values of a ground truth."""
    return str(sample.pictures["groundTruth"].entry["valueDigest"])


def ignored(record: Record) -> list[int]:
    """The class ids whose pixels count nowhere."""
    return record.value.data["kind"].get("ignore", [])


def logged(sample: Sample, metric: str) -> float | None:
    """A metric that the caller passed: nothing to recompute."""
    value = sample.entry["metrics"].get(metric)
    return None if value is None else float(value)


def arrays(sample: Sample) -> tuple[Array, Array]:
    """Ground truth and prediction, `[h, w]` or `[h, w, c]`, in the caller's terms."""
    return pixels(sample.pictures["groundTruth"]), pixels(sample.pictures["prediction"])


def pixels(picture: Picture) -> Array:
    """Values of a picture; images as intensities of 0 to 1."""
    values = np.array(picture.values, np.float64)
    if picture.kind == "image" and "float" not in picture.entry["dtype"]:
        values /= 2 ** picture.entry["bits"] - 1
    shape = [picture.entry[name] for name in ("height", "width", "channels")]
    return values.reshape(shape if shape[2] > 1 else shape[:2])
