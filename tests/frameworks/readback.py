# SPDX-License-Identifier: Apache-2.0
"""Records as a running TensorBoard serves them."""

from tests.reading import answers
from tests.writing import event_files


def tags(server):
    """Returns the tags, each with the names of the runs that have it."""
    answer = server.json("data/plugin/pairs/tags")
    return {
        one["tag"]: [answer["runs"][run] for series in one["series"] for run in series["runs"]]
        for one in answer["tags"]
    }


def steps(server, tag):
    """Returns the steps of a tag that one run has."""
    answer = server.pairs("series", ("tag", tag))
    assert answer.status == 200, answer.text
    (series,) = event_files.json.loads(answer.body)["runs"].values()
    return [int(step) for step in series["steps"]]


def samples(server, tag, step):
    """Returns the samples of a record of a tag that one run has: by id, (ground truth, prediction,
    input), each an array or None."""
    ((run,), kind) = next(
        (
            [answer["runs"][run] for run in one["series"][0]["runs"]],
            one["series"][0]["kind"]["name"],
        )
        for answer in [server.json("data/plugin/pairs/tags")]
        for one in answer["tags"]
        if one["tag"] == tag
    )
    answer = server.pairs("frames", ("tag", tag), ("at", f"{step}:{run}"))
    assert answer.status == 200, answer.text
    bundle = answers.unpack(answer.body)
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
