"""The editing desk: what stands on its menu, area by area."""
