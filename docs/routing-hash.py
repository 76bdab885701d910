#!/usr/bin/env python3
"""The routing hash in plain Python, and a check of it against the published vectors.

    python3 docs/routing-hash.py pipeline-core/src/test/resources/io/bellwether/routing/user-hash.tsv
"""
import json
import math
import sys

MASK = (1 << 64) - 1
C0, C1 = 0x6A09E667F3BCC908, 0xA54FF53A5F1D36F1
C2, C3 = 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B


def signed(x):
    return x - (1 << 64) if x >> 63 else x


def fold(x, y):
    product = signed(x) * signed(y)
    return (product & MASK) ^ (product >> 64 & MASK)


def code_units(text):
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]


def bits(text, salt):
    key = code_units(text)
    n, h = len(key), salt

    def word(i):
        return key[i] | key[i + 1] << 16 | key[i + 2] << 32 | key[i + 3] << 48

    if n >= 8:
        for i in range(0, n - 8, 8):
            h = fold(word(i) ^ h, word(i + 4) ^ C1)
        a, b = word(n - 8), word(n - 4)
    elif n >= 4:
        a, b = word(0), word(n - 4)
    elif n >= 1:
        a, b = key[0] | key[n // 2] << 16 | key[n - 1] << 32, 0
    else:
        a, b = 0, 0
    return fold(fold(a ^ h, b ^ C1) ^ C2, n ^ C3)


def bucket(release, key):
    return bits(key, bits(release, C0)) >> 32


def threshold(percent):
    return math.floor(percent * 2**32 / 100)


def within(release, key, percent):
    return bucket(release, key) < threshold(percent)


def check(path):
    rows = 0
    for line in open(path, encoding="ascii"):
        if line.startswith("#"):
            continue
        release, key, expected = line.rstrip("\n").split("\t")
        actual = format(bits(json.loads(key), bits(release, C0)), "016x")
        if actual != expected:
            sys.exit(f"{release} {key}: expected {expected}, got {actual}")
        rows += 1
    print(f"{rows} vectors agree")


if __name__ == "__main__":
    check(sys.argv[1])
