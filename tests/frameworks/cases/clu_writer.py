# SPDX-License-Identifier: Apache-2.0
"""clu's writers, as programs with Flax use them: the default, and TensorFlow's alone."""

import sys

import jax.numpy as jnp
import numpy as np
from clu import metric_writers

import tb_pairs_plugin as pairs
from tests.frameworks import pictures
from tests.frameworks.cases import steps
from tests.frameworks.cases.checks import refused

first, last = pictures.STEPS
several = metric_writers.create_default_writer(sys.argv[1], asynchronous=True)
steps.write(first, several, jnp.asarray)
# Not interleaved: TensorBoard's own reader leaves a file for good once there is a later one.
several.close()
one = metric_writers.SummaryWriter(sys.argv[1])
steps.write(last, one, jnp.asarray)
one.close()
truth = np.zeros((1, 8, 8), np.int64)
other = metric_writers.LoggingWriter()
refused("want clu.metric_writers.SummaryWriter", pairs.summary, "t", truth, truth, 0, writer=other)
