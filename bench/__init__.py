"""Measured ratios: ours against the other way of doing it, side by side in one run."""
