# SPDX-License-Identifier: Apache-2.0
"""Strings are read without arrays where that can be done, and otherwise as every plugin does."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from tensorboard import context, errors
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.data import grpc_provider

from tb_pairs_plugin.reading import strings
from tb_pairs_plugin.reading.strings import String
from tests.reading import logs

ROLE = logs.MASK.to_bytes()
LARGE_STEP = 2**60 + 1
# By the value's form: how it is written, and the string that it is.
FORMS = {
    "rank 0": (b"text", None, b"text"),
    "rank 1": ([b"text"], [1], b"text"),
    "rank 2": ([b"text"], [1, 1], b"text"),
    "empty": (b"", None, b""),
    "two": ([b"a", b"b"], [2], b""),
    "one that claims to be two": ([b"a"], [2], b""),
}


def ask(*runs: str) -> strings.Query:
    return strings.Query(context.RequestContext(), "", "pairs", runs, "t")


@pytest.fixture
def provider(tmp_path: Path) -> Any:
    """TensorBoard's own, in this process, with a run for each form."""
    for number, (run, (elements, shape, _)) in enumerate(FORMS.items()):
        with logs.Log(tmp_path / run, number) as log:
            for step in (0, LARGE_STEP):
                log.values(
                    step, logs.value("t", elements, ROLE, shape=shape, data_class=logs.TENSOR)
                )
    with logs.Log(tmp_path / "no tensors") as log:
        log.values(0, logs.value("t", [b"text"], ROLE))
    multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"pairs": 0})
    multiplexer.AddRunsFromDirectory(str(tmp_path))
    multiplexer.Reload()
    return data_provider.MultiplexerDataProvider(multiplexer, str(tmp_path))


@pytest.mark.parametrize("way", ["without arrays", "with arrays"])
def test_the_string_of_each_step(provider: Any, way: str) -> None:
    class Derived(data_provider.MultiplexerDataProvider):  # type: ignore[misc]
        """May read otherwise, so that it is asked for arrays."""

    if way == "with arrays":
        provider.__class__ = Derived
    found = strings.read(provider, ask(*FORMS, "no tensors", "no such run"))
    assert set(found) == set(FORMS)
    for run, (_, _, wanted) in FORMS.items():
        first, last = found[run]
        assert isinstance(first, String)
        assert [(first.step, first.value), (last.step, last.value)] == [
            (0, wanted),
            (LARGE_STEP, wanted),
        ]
        assert last.wall_time == first.wall_time + 1


def test_a_tensorboard_that_keeps_them_elsewhere_is_asked_for_arrays(provider: Any) -> None:
    wanted = strings.read(provider, ask(*FORMS))
    other = data_provider.MultiplexerDataProvider(provider._multiplexer, "")
    del provider._multiplexer
    provider.read_tensors = other.read_tensors
    assert strings.read(provider, ask(*FORMS)) == wanted


def test_a_data_server_that_refuses_says_so_as_tensorboard_does() -> None:
    class Refusal(grpc.RpcError):  # type: ignore[misc]
        def code(self) -> grpc.StatusCode:
            return grpc.StatusCode.PERMISSION_DENIED

        def details(self) -> str:
            return "not yours"

    class Stub:
        def ReadTensors(self, request: object) -> object:
            raise Refusal

    provider = grpc_provider.GrpcDataProvider("nowhere", Stub())
    with pytest.raises(errors.PermissionDeniedError, match="not yours"):
        strings.read(provider, ask("run"))
