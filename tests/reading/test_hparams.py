# SPDX-License-Identifier: Apache-2.0
"""Hyperparameters are those of TensorBoard's own HParams API, for each run with pictures."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tensorboard.data import provider
from tensorboard.plugins.hparams import api, plugin_data_pb2

from tb_pairs_plugin.reading import hparams
from tests.reading import answers, logs
from tests.reading.logs import Pair, png
from tests.reading.providers import MemoryProvider

PAIR = Pair("s", png(fill=1), png(fill=2))
ADAM: dict[str, Any] = {"lr": 0.001, "optimizer": "adam", "augment": True, "batch": 32}
SGD: dict[str, Any] = {"lr": 0.1, "optimizer": "sgd", "augment": False, "batch": 32}


def log(run: Path, values: dict[str, Any] | None = None, *, pictures: bool = True) -> None:
    """Writes a run with what the HParams API makes of `values`, a pair, or both."""
    with logs.Log(run) as file:
        if values is not None:
            file.values(0, *api.hparams_pb(values).value)
        if pictures:
            file.pairs(1, [PAIR])


def log_content(run: Path, content: bytes) -> None:
    """Writes a run with a pair and a session of any bytes."""
    with logs.Log(run) as file:
        (value,) = api.hparams_pb({"lr": 1.0}).value
        value.metadata.plugin_data.content = content
        file.values(0, value)
        file.pairs(1, [PAIR])


def read(logdir: Path) -> dict[str, Any]:
    """The `runs` of the answer, of the in-process loader."""
    answer: dict[str, Any] = answers.app(logdir).json("hparams")["runs"]
    return answer


def values_of(logdir: Path) -> dict[str, Any]:
    return {run: one["values"] for run, one in read(logdir).items()}


def test_both_servers_answer_what_the_api_logged(
    tmp_path: Path,
    load_fast: bool,
    tensorboard,  # type: ignore[no-untyped-def]
) -> None:
    log(tmp_path / "a", ADAM)
    log(tmp_path / "b", SGD, pictures=False)
    log(tmp_path / "b" / "train")
    log(tmp_path / "c")
    server = tensorboard(tmp_path, load_fast=load_fast)
    runs = server.pairs_json("hparams")["runs"]
    assert runs == {
        "a": {"session": "a", "values": ADAM},
        "b/train": {"session": "b", "values": SGD},
    }
    assert list(runs["a"]["values"]) == sorted(ADAM)
    assert [type(one) for one in runs["a"]["values"].values()] == [bool, int, float, str]


def test_without_any_there_is_nothing(tmp_path: Path) -> None:
    log(tmp_path / "a")
    assert answers.app(tmp_path).json("hparams") == {"runs": {}}


def test_a_run_is_of_the_nearest_session_around_it(tmp_path: Path) -> None:
    log(tmp_path / "a", ADAM)
    log(tmp_path / "a" / "deep" / "eval")
    log(tmp_path / "a" / "own", SGD)
    log(tmp_path / "ab")
    assert values_of(tmp_path) == {"a": ADAM, "a/deep/eval": ADAM, "a/own": SGD}


def test_a_session_of_the_log_directory_itself_is_of_all_runs_without_another(
    tmp_path: Path,
) -> None:
    log(tmp_path, ADAM, pictures=False)
    log(tmp_path / "train")
    log(tmp_path / "other", SGD)
    assert values_of(tmp_path) == {"train": ADAM, "other": SGD}


def test_runs_inside_count_where_they_have_no_pictures_and_agree(tmp_path: Path) -> None:
    log(tmp_path / "a")
    log(tmp_path / "a" / "1700000000.5", ADAM, pictures=False)
    log(tmp_path / "a" / "1700000009.5", ADAM, pictures=False)
    log(tmp_path / "b")
    log(tmp_path / "b" / "1700000000.5", ADAM, pictures=False)
    log(tmp_path / "b" / "1700000009.5", SGD, pictures=False)
    log(tmp_path / "c")
    log(tmp_path / "c" / "trial", SGD)
    log(tmp_path / "d")
    log(tmp_path / "d" / "far" / "1700000000.5", SGD, pictures=False)
    assert values_of(tmp_path) == {"a": ADAM, "c/trial": SGD}


def test_what_torch_writes_is_of_the_run_it_was_written_for(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch.utils.tensorboard")
    log(tmp_path / "a")
    with torch.SummaryWriter(str(tmp_path / "a")) as writer:
        writer.add_hparams(ADAM, {"hparam/loss": 0.5})
    assert values_of(tmp_path) == {"a": ADAM}


def test_a_session_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many: dict[str, Any] = {f"h{i:04}": i for i in range(hparams.MAX_VALUES + 3)}
    log(tmp_path / "many", many)
    log(tmp_path / "long", {"n" * (hparams.MAX_NAME + 1): 1, "text": "x" * 1000})
    found = read(tmp_path)
    assert list(found["many"]["values"]) == sorted(many)[: hparams.MAX_VALUES]
    assert found["many"]["omitted"] == 3
    assert found["long"]["values"] == {"text": "x" * (hparams.MAX_TEXT - 1) + "…"}
    assert found["long"]["omitted"] == 1
    monkeypatch.setattr(hparams, "MAX_CHARACTERS", len("text") + hparams.MAX_TEXT)
    found = read(tmp_path)
    assert (len(found["long"]["values"]), len(found["many"]["values"])) == (1, 0)


def test_numbers_of_any_size_and_texts_of_any_kind_are_as_they_were(tmp_path: Path) -> None:
    values = {"big": 1e300, "whole": -7, "zero": 0.0, "text": "</script>\u2028\u202e\0é", "": 1}
    log(tmp_path / "a", values)
    del values[""]
    assert values_of(tmp_path) == {"a": values}
    text = json.dumps(read(tmp_path))
    assert '"whole": -7,' in text


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_numbers_that_json_cannot_hold_are_texts(tmp_path: Path, number: float) -> None:
    log(tmp_path / "a", {"lr": number})
    spelled = {np.inf: "Infinity", -np.inf: "-Infinity"}.get(number, "NaN")
    assert values_of(tmp_path) == {"a": {"lr": spelled}}


def test_lists_and_nothing_are_left_out(tmp_path: Path) -> None:
    data = plugin_data_pb2.HParamsPluginData()
    session = data.session_start_info
    session.hparams["lr"].number_value = 0.5
    session.hparams["none"].null_value = 0
    session.hparams["list"].list_value.values.add().number_value = 1
    session.hparams["unset"].SetInParent()
    log_content(tmp_path / "a", data.SerializeToString())
    assert read(tmp_path) == {"a": {"session": "a", "values": {"lr": 0.5}}}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"\xff\xff", "they are damaged: "),
        (plugin_data_pb2.HParamsPluginData(version=7).SerializeToString(), "got version 7 of them"),
    ],
)
def test_what_cannot_be_read_hides_no_other_run(tmp_path: Path, content: bytes, error: str) -> None:
    log_content(tmp_path / "broken", content)
    log(tmp_path / "fine", ADAM)
    found = read(tmp_path)
    assert found["fine"]["values"] == ADAM
    assert found["broken"]["values"] == {}
    assert found["broken"]["error"].startswith(error)


def test_a_provider_that_knows_hyperparameters_itself_is_asked() -> None:
    class Hosted(MemoryProvider):
        def list_tensors(self, ctx: Any = None, **query: Any) -> dict[str, Any]:
            return {}

        def read_hyperparameters(self, ctx: Any = None, *, experiment_ids: Any, **_: Any) -> Any:
            group = provider.HyperparameterSessionGroup(
                root=provider.HyperparameterSessionRun(experiment_ids[0], ""),
                sessions=[
                    provider.HyperparameterSessionRun(experiment_ids[0], "a"),
                    provider.HyperparameterSessionRun("another", "b"),
                ],
                hyperparameter_values=[
                    provider.HyperparameterValue("lr", None, 0.5),
                    provider.HyperparameterValue("gone"),
                ],
            )
            return [group]

    hosted = Hosted()
    for run in ("a", "b"):
        hosted.log(0, [PAIR], run=run)
    found = answers.App(hosted).json("hparams")["runs"]
    assert found == {"a": {"session": "a", "values": {"lr": 0.5}}}
