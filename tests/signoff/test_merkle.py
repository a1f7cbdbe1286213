"""The tree against the vectors of Certificate Transparency's reference (RFC 6962, whose hashing RFC 9162 keeps)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.signoff import merkle

# github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc: inputs, roots of 1 to 8, paths.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
TREE = merkle.Grown(merkle.leaf(bytes.fromhex(one)) for one in LEAVES)


def test_the_empty_tree() -> None:
    assert merkle.root(merkle.Grown(), 0).hex() == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    assert merkle.root(TREE, size).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[3]]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], B, D])],
)
def test_known_inclusion_paths(index: int, size: int, path: list[str]) -> None:
    assert [one.hex() for one in merkle.inclusion(TREE, index, size)] == path


@pytest.mark.parametrize(
    ("old", "size", "path"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])],
)
def test_known_consistency_paths(old: int, size: int, path: list[str]) -> None:
    assert [one.hex() for one in merkle.consistency(TREE, old, size)] == path


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


DATA = [bytes([number, 7]) for number in range(70)]
LARGER = merkle.Grown(merkle.leaf(one) for one in DATA)


@pytest.mark.parametrize("size", range(1, 71))
def test_every_proof_of_every_size_holds(size: int) -> None:
    root = merkle.root(LARGER, size)
    assert root == plain_root(DATA[:size])
    for index in range(size):
        path = merkle.inclusion(LARGER, index, size)
        assert merkle.includes(merkle.leaf(DATA[index]), index, size, path, root)
        assert len(path) <= size.bit_length()
    for old in range(1, size + 1):
        path = merkle.consistency(LARGER, old, size)
        assert merkle.extends(old, size, merkle.root(LARGER, old), root, path)


@given(st.integers(1, 70), st.data())
def test_no_other_claim_holds(size: int, data: st.DataObject) -> None:
    """Another place, another leaf, another root, a path cut, lengthened or with one bit changed."""
    index = data.draw(st.integers(0, size - 1))
    root, leaf = merkle.root(LARGER, size), merkle.leaf(DATA[index])
    path = list(merkle.inclusion(LARGER, index, size))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index)) if size > 1 else size
    assert not merkle.includes(leaf, other, size, path, root)
    assert not merkle.includes(merkle.leaf(b"x"), index, size, path, root)
    assert not merkle.includes(leaf, index, size, path, merkle.leaf(root))
    assert not merkle.includes(leaf, index, size, [*path, root], root)
    if path:
        at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        flipped = (int.from_bytes(path[at]) ^ (1 << bit)).to_bytes(32)
        assert not merkle.includes(leaf, index, size, path[:-1], root)
        assert not merkle.includes(leaf, index, size, [*path[:at], flipped, *path[at + 1 :]], root)


@given(st.integers(2, 70), st.data())
def test_no_other_history_holds(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    before, after = merkle.root(LARGER, old), merkle.root(LARGER, size)
    path = list(merkle.consistency(LARGER, old, size))
    assert not merkle.extends(old, size, merkle.leaf(before), after, path)
    assert not merkle.extends(old, size, before, merkle.leaf(after), path)
    assert not merkle.extends(old, size, before, after, path[:-1])
    assert not merkle.extends(old, size, before, after, [*path, after])
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(path[at]) ^ (1 << bit)).to_bytes(32)
    assert not merkle.extends(old, size, before, after, [*path[:at], flipped, *path[at + 1 :]])


@pytest.mark.parametrize("size", range(1, 40))
def test_a_leaf_fills_the_subtrees_that_it_ends(size: int) -> None:
    before = merkle.Grown(merkle.leaf(one) for one in DATA[: size - 1])
    after = merkle.Grown(merkle.leaf(one) for one in DATA[:size])
    new = set(after.inner()) - set(before.inner())
    assert set(merkle.filled(before, size - 1, merkle.leaf(DATA[size - 1]))) == new


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"leaf {index} of {size}"):
        merkle.inclusion(TREE, index, size)
    assert not merkle.includes(b"", index, size, [], b"")
