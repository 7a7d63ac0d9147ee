"""The files that a document names: pictures in a size for reading, drawings, downloads. Named by their digest."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageOps

WIDEST = 1600
MEDIA_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip",
}  # fmt: skip


@dataclass
class Files:
    """Contents by name; a name is the SHA-256 of what it names, with its ending."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def keep(self, content: bytes, ending: str) -> str:
        name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
        self.contents[name] = content
        return name

    def drawing(self, svg: bytes, png: bytes) -> str:
        """An SVG and its PNG under one name, without ending: the digest of the SVG."""
        stem = hashlib.sha256(svg).hexdigest()
        self.contents |= {f"{stem}.svg": svg, f"{stem}.png": png}
        return stem

    def picture(self, image) -> tuple[str, int, int]:
        """A picture of the desk, upright and no wider than 1600 pixels, as JPEG or (what can be seen through) as PNG,
        without what the camera wrote: its name, width and height."""
        with image.file.open("rb") as file, Image.open(file) as opened:
            is_png = opened.format == "PNG" or opened.has_transparency_data
            made = ImageOps.exif_transpose(opened).convert("RGBA" if is_png else "RGB")
        if made.width > WIDEST:
            made = made.resize((WIDEST, max(1, round(made.height * WIDEST / made.width))))
        out = BytesIO()
        made.save(out, "PNG" if is_png else "JPEG", quality=85, optimize=True)
        return self.keep(out.getvalue(), "png" if is_png else "jpg"), made.width, made.height

    def download(self, document) -> tuple[str, int]:
        """A file of the desk as it is: its name and its size in bytes."""
        with document.file.open("rb") as file:
            content = file.read()
        return self.keep(content, document.file_extension.lower()), len(content)


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
