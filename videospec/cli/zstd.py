"""The text of a zstd file, block by block (RFC 8878, 3.1): memory is that of a block, and a file cut short is noticed.

zstandard's own reader takes the end of a file for the end of a frame, and its object that knows better unpacks all
that it is given at once: some hundred bytes can be megabytes. A block is never more than 128 KiB unpacked.
"""

from collections.abc import Callable, Iterator
from typing import IO, Final

MAGIC: Final = b"\x28\xb5\x2f\xfd"
_PIECE: Final = 1 << 16


def reads(file: IO[bytes]) -> Callable[[int], bytes]:
    """Reads of what a file unpacks to, each a block, whatever size is asked for; empty at the end. EOFError when the
    file stops in the middle, zstandard's ZstdError when it is damaged."""
    blocks = _blocks(file)
    return lambda _: next(blocks, b"")


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    from zstandard import ZstdDecompressor, ZstdError

    unpacking = ZstdDecompressor()
    while magic := file.read(4):
        if magic[1:] == b"\x2a\x4d\x18" and magic[0] >> 4 == 5:
            _skip(file)
            continue
        if not MAGIC.startswith(magic):
            raise ZstdError("what follows a frame is no frame")
        descriptor = _exactly(file, 1)
        frame = unpacking.decompressobj()
        frame.decompress(magic + descriptor + _exactly(file, _header(descriptor[0])))
        last = False
        while not last:
            start = _exactly(file, 3)
            told = int.from_bytes(start, "little")
            last, kind, size = bool(told & 1), told >> 1 & 3, told >> 3
            block = start + _exactly(file, 1 if kind == 1 else size)  # of a run there is but its byte
            if last and descriptor[0] & 4:
                block += _exactly(file, 4)  # the checksum
            if text := frame.decompress(block):
                yield text


def _header(descriptor: int) -> int:
    """How many bytes of a frame's header follow its descriptor: window, dictionary, content size."""
    alone = descriptor >> 5 & 1
    content = (alone, 2, 4, 8)[descriptor >> 6]
    return (1 - alone) + (0, 1, 2, 4)[descriptor & 3] + content


def _skip(file: IO[bytes]) -> None:
    left = int.from_bytes(_exactly(file, 4), "little")
    while left:
        left -= len(_exactly(file, min(left, _PIECE)))


def _exactly(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError("the file ends before its last frame does")
    return data
