"""The six media: each a function of a document (`document.py`), and of nothing else."""
