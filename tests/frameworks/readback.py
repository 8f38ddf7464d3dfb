# SPDX-License-Identifier: Apache-2.0
"""Records as a running TensorBoard serves them."""

from tests.reading import answers
from tests.writing import event_files


def tags(server):
    """Returns the tags, each with the names of the runs that have it."""
    answer = server.pairs_json("tags")
    return {
        one["tag"]: [answer["runs"][run] for series in one["series"] for run in series["runs"]]
        for one in answer["tags"]
    }


def steps(server, tag):
    """Returns the steps of a tag that one run has."""
    (series,) = server.pairs_json("series", ("tag", tag))["runs"].values()
    return [int(step) for step in series["steps"]]


def samples(server, tag, step):
    """Returns the samples of a record of a tag that one run has: by id, (ground truth, prediction,
    input), each an array or None."""
    ((run,), kind) = next(
        (
            [answer["runs"][run] for run in one["series"][0]["runs"]],
            one["series"][0]["kind"]["name"],
        )
        for answer in [server.pairs_json("tags")]
        for one in answer["tags"]
        if one["tag"] == tag
    )
    bundle = answers.read_frames(server, ("tag", tag), ("at", f"{step}:{run}"))
    (frame,) = bundle.frames

    def values(sample, part):
        if part not in sample:
            return None
        entry = frame["pictures"][sample[part]]
        picture = "image" if part == "input" else kind
        return event_files.values(bundle.blobs[entry["digest"]], entry, picture)

    return {
        sample["id"]: tuple(values(sample, part) for part in ("groundTruth", "prediction", "input"))
        for sample in frame["samples"]
    }
