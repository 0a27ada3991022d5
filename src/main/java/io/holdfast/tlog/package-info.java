/**
 * A Merkle tree over bytes, as transparency logs use it: hashes, tiles, proofs that an entry is in the tree, and proofs
 * that one tree is the beginning of another.
 *
 * <p>It knows nothing of law, of signatures, of files or of tables, and uses nothing but the JDK. It never decides what
 * an entry means or whom to trust: a root is only worth the signature on it, and signatures live in {@code note}.
 *
 * <p>Start with {@link io.holdfast.tlog.Hash} and {@link io.holdfast.tlog.Frontier} to write a log, with
 * {@link io.holdfast.tlog.ProofCheck} to check one.
 *
 * <h2>The tree (RFC 6962 section 2.1)</h2>
 *
 * <pre>
 * leaf  SHA-256(0x00 || entry)
 * node  SHA-256(0x01 || left || right)     left holds the largest power of two of leaves below the number it splits
 * root  of the empty tree: SHA-256 of nothing
 *
 *              root                  a tree of 5 leaves
 *             /    \                 inclusion proof of leaf 2: [3, a, 4]
 *            c      4                consistency proof from size 3 to size 5: [2, 3, a, 4]
 *          /   \
 *         a     b                    subtree(level, index): a is (1, 0), b is (1, 1), c is (2, 0)
 *        / \   / \
 *       0   1 2   3
 * </pre>
 *
 * <h2>Tiles (c2sp.org/tlog-tiles)</h2>
 *
 * <p>A tile is 1 to 256 hashes of one level out of eight, one after another without separators. At level 0 they are
 * leaf hashes; one level up, each is the root of a full tile below. A bundle holds the entries themselves, each behind
 * its length as two bytes, big-endian. A tree of 70,000 entries has, at its right edge:
 *
 * <pre>
 * tile/0/272              256 leaf hashes, full
 * tile/0/273.p/112        the last 112 leaf hashes
 * tile/1/001.p/17         17 roots of full tiles of level 0
 * tile/2/000.p/1          1 root of a full tile of level 1
 * tile/entries/273.p/112  the last 112 entries: 00 05 h e l l o 00 00 ...
 * </pre>
 *
 * <p>An index beyond 999 is written in groups: 1234067 is {@code x001/x234/067}. There is no empty tile.
 *
 * <h2>Proof files (c2sp.org/tlog-proof)</h2>
 *
 * <p>A fixed line, an {@code extra} line if there is something to say, the index, the inclusion proof from the leaf's
 * sibling up, an empty line, and the signed checkpoint as it was published:
 *
 * <pre>
 * c2sp.org/tlog-proof@v1
 * index 5
 * vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
 * yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
 * 037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=
 *
 * holdfast.example/log
 * 8
 * XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=
 *
 * — holdfast.example/log btTCSob6KDvHN3wPKHplHjQSpSMh7Yw3yXShI3wXSgubR4W2dRmhlcTj1II8uCaK/osgARCY2QG/qg7FjGUjNJmDnwg=
 * </pre>
 *
 * <h2>The frontier</h2>
 *
 * <p>Our own, for a database column: the size as eight bytes big-endian, then 32 bytes for each 1 in its binary form,
 * the roots of the full subtrees from left to right. For the tree of 5 leaves above: {@code 0000000000000005 c 4}.
 *
 * <p>Every reader here takes one spelling of a value and refuses all others with a
 * {@link io.holdfast.tlog.MalformedException}. Arrays are copied on the way in and out.
 */
package io.holdfast.tlog;
