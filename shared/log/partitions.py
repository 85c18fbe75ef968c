"""Which partition a key belongs to: the hash of Kafka's own clients, so that both logs agree."""

import struct
from functools import lru_cache

_SEED = 0x9747B28C
_MIX = 0x5BD1E995
_WORD = 0xFFFFFFFF


def partition_of(key: bytes, partitions: int) -> int:
    """The partition of ``key`` among ``partitions``; the same in every process and release."""
    return _positive_hash(key) % partitions


@lru_cache(maxsize=16_384)
def _positive_hash(key: bytes) -> int:
    # Computed in Python it costs more than the rest of an append: a key comes back often.
    return murmur2(key) & 0x7FFFFFFF


def murmur2(data: bytes) -> int:
    """MurmurHash2, 32 bits, with the seed that Kafka's default partitioner uses."""
    whole = len(data) // 4
    state = _SEED ^ len(data)
    for word in struct.unpack_from(f"<{whole}I", data):
        mixed = (word * _MIX) & _WORD
        mixed = ((mixed ^ (mixed >> 24)) * _MIX) & _WORD
        state = ((state * _MIX) & _WORD) ^ mixed
    if rest := data[whole * 4 :]:
        state = ((state ^ int.from_bytes(rest, "little")) * _MIX) & _WORD
    state = ((state ^ (state >> 13)) * _MIX) & _WORD
    return state ^ (state >> 15)
