"""zstd block by block: the same text, every cut noticed, and never more at once than a block unpacks to."""

import io
import random
from itertools import islice

import pytest
import zstandard

from videospec.cli import zstd

TEXT = b"".join(b"%d a line of a log, %d\n" % (n, n * n % 977) for n in range(30_000))
NOISE = random.Random(1).randbytes(300_000)
SKIPPED = b"\x53\x2a\x4d\x18" + (100_000).to_bytes(4, "little") + bytes(100_000)


def streamed(text: bytes, *, checksum: bool = False) -> bytes:
    """A frame whose writer did not know how long it would be, flushed in pieces."""
    packer = zstandard.ZstdCompressor(write_checksum=checksum).compressobj()
    pieces = [
        packer.compress(text[:1000]),
        packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK),
        packer.compress(text[1000:]),
    ]
    return b"".join([*pieces, packer.flush()])


def packed(text: bytes, level: int = 3, *, checksum: bool = False, size: bool = True) -> bytes:
    return zstandard.ZstdCompressor(level=level, write_checksum=checksum, write_content_size=size).compress(text)


FILES = {
    "one frame": (packed(TEXT), TEXT),
    "packed hard": (packed(TEXT, 19), TEXT),
    "with a checksum": (packed(TEXT, checksum=True), TEXT),
    "without its size": (packed(TEXT, size=False), TEXT),
    "streamed": (streamed(TEXT), TEXT),
    "streamed with a checksum": (streamed(TEXT, checksum=True), TEXT),
    "what cannot be packed": (packed(NOISE), NOISE),
    "small": (packed(b"a\n"), b"a\n"),
    "of nothing": (packed(b""), b""),
    "frames, with what is to be skipped": (packed(TEXT) + SKIPPED + packed(b"") + streamed(NOISE), TEXT + NOISE),
}


def text_of(data: bytes) -> bytes:
    read = zstd.reads(io.BytesIO(data))
    return b"".join(iter(lambda: read(10), b""))


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_read(name: str) -> None:
    data, text = FILES[name]
    assert text_of(data) == text


@pytest.mark.parametrize("name", FILES)
def test_every_cut_is_noticed(name: str) -> None:
    data, _ = FILES[name]
    whole_frames = len(packed(TEXT)), len(packed(TEXT) + SKIPPED), len(packed(TEXT) + SKIPPED + packed(b""))
    cuts = {*range(1, 20), *range(20, len(data), 997), *range(len(data) - 20, len(data))}
    for cut in sorted(cut for cut in cuts if 0 < cut < len(data) and cut not in whole_frames):
        with pytest.raises(EOFError):
            text_of(data[:cut])


def test_what_is_damaged_is_no_cut() -> None:
    data = bytearray(packed(TEXT, checksum=True))
    data[-1] ^= 1
    with pytest.raises(zstandard.ZstdError):
        text_of(bytes(data))
    with pytest.raises(zstandard.ZstdError):
        text_of(packed(TEXT) + b"no frame")


def test_a_bomb_is_unpacked_by_the_block() -> None:
    packer = zstandard.ZstdCompressor().compressobj(size=1 << 30)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64))  # cut short: 64 MiB in some 2 KiB
    assert len(bomb) < 10_000
    read = zstd.reads(io.BytesIO(bomb))
    assert {len(text) for text in islice(iter(lambda: read(1 << 18), b""), 100)} == {1 << 17}


def test_a_block_that_claims_too_much_is_damage() -> None:
    data = packed(bytes(100_000))
    header = 4 + 1 + 4  # magic, descriptor, size: all of it is in one segment
    huge = (((1 << 21) - 1) << 3 | 1 << 1).to_bytes(3, "little")
    with pytest.raises(zstandard.ZstdError):
        text_of(data[:header] + huge + data[header + 3 :])
