"""Styles and scripts are compressed once, under both of their names."""

import gzip

import brotli

from portal.ui.static_files import CompressedStaticFiles


def test_the_same_bytes_under_two_names_are_compressed_once(tmp_path, monkeypatch):
    said = b"body { color: black }\n" * 200
    for name in ("base.css", "base.0a1b2c.css"):
        (tmp_path / name).write_bytes(said)
    asked, compress = [], brotli.compress
    monkeypatch.setattr("brotli.compress", lambda data, **how: asked.append(how) or compress(data, **how))
    compressor = CompressedStaticFiles(location=tmp_path).create_compressor(quiet=True)
    for name in ("base.css", "base.0a1b2c.css"):
        compressor.compress(str(tmp_path / name))
        assert brotli.decompress((tmp_path / f"{name}.br").read_bytes()) == said
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == said
    assert asked == [{"quality": 9}]
