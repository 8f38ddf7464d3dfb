# SPDX-License-Identifier: Apache-2.0
"""Asking the routes, of a running TensorBoard or in process, and taking their answers apart."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tensorboard.backend import application
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.plugins import base_plugin
from werkzeug.test import Client, TestResponse

from tb_pairs_plugin.plugin import PairsPlugin
from tb_pairs_plugin.record.digest import digest
from tests import servers

PREFIX = "/data/plugin/pairs/"


@dataclass(frozen=True)
class Bundle:
    """An answer of `frames`: its header, and the blobs by digest."""

    header: dict[str, Any]
    blobs: dict[str, bytes]

    @property
    def frames(self) -> list[dict[str, Any]]:
        """The frames."""
        frames: list[dict[str, Any]] = self.header["frames"]
        return frames


def unpack(body: bytes) -> Bundle:
    """Takes an answer of `frames` apart, and checks that it holds what its header says."""
    assert body[:4] == b"PRS1"
    (length,) = struct.unpack_from("<I", body, 4)
    header = json.loads(body[8 : 8 + length])
    rest = body[8 + length :]
    blobs = {name: rest[at : at + size] for name, (at, size) in header["blobs"].items()}
    assert sum(map(len, blobs.values())) == len(rest)
    for name, blob in blobs.items():
        assert digest(blob) == name
    return Bundle(header, blobs)


def read_frames(server: servers.Server, *parameters: tuple[str, str]) -> Bundle:
    """Returns the answer of `frames`; anything but a 200 is an `AssertionError`."""
    answer = server.pairs("frames", *parameters)
    assert answer.status == 200, answer.text
    return unpack(answer.body)


class App:
    """The plugin in TensorBoard's own WSGI application, over any data provider."""

    def __init__(self, provider: Any, kept: int = 300, **context: Any) -> None:
        """Makes the application."""
        self.plugin = PairsPlugin(
            base_plugin.TBContext(data_provider=provider, sampling_hints={"pairs": kept}, **context)
        )
        self.client = Client(application.TensorBoardWSGI([self.plugin], "", provider))

    def get(self, route: str, *parameters: tuple[str, str], **options: Any) -> TestResponse:
        """Returns the answer of a route."""
        method = options.pop("method", "GET")
        return self.client.open(
            PREFIX + route, method=method, query_string=list(parameters) or None, **options
        )

    def json(self, route: str, *parameters: tuple[str, str]) -> Any:
        """Returns the JSON of a route."""
        answer = self.get(route, *parameters)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.data)

    def frames(self, *parameters: tuple[str, str]) -> Bundle:
        """Returns the answer of `frames`."""
        answer = self.get("frames", *parameters)
        assert answer.status_code == 200, answer.text
        return unpack(answer.data)

    def refused(self, route: str, *parameters: tuple[str, str], **options: Any) -> tuple[int, str]:
        """Returns status and sentence of a refusal, which is plain text that nothing sniffs."""
        answer = self.get(route, *parameters, **options)
        assert answer.content_type == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        return answer.status_code, answer.text


def load(logdir: Path, kept: int = 300) -> data_provider.MultiplexerDataProvider:
    """Loads a folder of runs into TensorBoard's in-process data provider."""
    multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"pairs": kept})
    multiplexer.AddRunsFromDirectory(str(logdir))
    multiplexer.Reload()
    return data_provider.MultiplexerDataProvider(multiplexer, str(logdir))


def app(logdir: Path, kept: int = 300) -> App:
    """The plugin in process, over the event files of `logdir`."""
    return App(load(logdir, kept), kept)
