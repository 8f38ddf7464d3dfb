# SPDX-License-Identifier: Apache-2.0
"""Anything array-like to NumPy: conversion, ranks and shapes, feature maps."""
