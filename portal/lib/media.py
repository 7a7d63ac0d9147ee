"""What kind of file it is, by its content: a name or a browser's word proves nothing."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def paper_type(content: bytes) -> str | None:
    """The media type of a PDF, JPEG or PNG; None for anything else."""
    return next((kind for signature, kind in SIGNATURES if content.startswith(signature)), None)
