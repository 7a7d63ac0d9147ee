"""How styles and scripts are kept to be served: under hashed names, and compressed beforehand."""

from functools import lru_cache

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Brotli's highest, 11, takes seven times as long and makes the files a twelfth smaller.
QUALITY = 9


class OnceEach(Compressor):
    """Most files come twice, under their own name and under a hashed one: the same bytes are compressed once."""

    def __init__(self, **options: object):
        super().__init__(**options)
        for name in ("compress_brotli", "compress_gzip"):
            setattr(self, name, lru_cache(maxsize=None)(getattr(self, name)))

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=QUALITY)


class CompressedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with less work."""

    def create_compressor(self, **options: object) -> Compressor:
        return OnceEach(**options)
