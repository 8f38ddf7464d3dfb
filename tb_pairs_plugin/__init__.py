"""Ground truth and prediction side by side in TensorBoard."""
