/**
 * Signed text: notes, the keys that sign and verify them, checkpoints, which are notes about the size and root of a
 * log, the cosignatures of witnesses under them, and the policy that says whose word is enough.
 *
 * <p>A note carries text that people can read and any number of signatures under it. Nobody needs to know all the
 * signers: signatures by strangers are passed over, so keys can be changed and witnesses added. But a signature that
 * bears the label of a key we know must be right, and at least one such must be there.
 *
 * <p>It knows nothing of law and does no I/O. It says whether a text is signed, never whether it is true or new: a
 * verifier remembers the last checkpoint it saw and asks for a consistency proof. Bouncy Castle lives here, as a
 * library: it is never registered as a provider.
 *
 * <p>Start with {@link io.holdfast.note.Checkpoint}; whoever checks a log starts with
 * {@link io.holdfast.note.TrustPolicy}.
 *
 * <h2>Notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint)</h2>
 *
 * <pre>
 * holdfast.example/log
 * 8
 * XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=
 *
 * — holdfast.example/log btTCSob6KDvHN3wPKHplHjQSpSMh7Yw3yXShI3wXSgubR4W2dRmhlcTj1II8uCaK/osgARCY2QG/qg7FjGUjNJmDnwg=
 * </pre>
 *
 * <ul>
 *   <li>The text goes up to the last empty line and ends in a newline. What is signed is the text with that newline.
 *   <li>A checkpoint's text is three lines: origin, number of entries, root hash. Extension lines are refused. The root
 *       of the empty log is the SHA-256 of nothing.
 *   <li>A signature line is an em dash, the name of the key, and base64 of four bytes key id and the signature.
 *   <li>A note is valid UTF-8 without control characters but newline, at most 128 KiB, with 1 to 64 signatures.
 * </ul>
 *
 * <h2>Verifier keys</h2>
 *
 * <p>The public key for the note above:
 *
 * <pre>
 * holdfast.example/log+6ed4c24a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
 *
 * name + hex(key id) + base64(type || public key)
 * key id = first four bytes of SHA-256(name || 0x0A || type || public key)
 * </pre>
 *
 * <h2>Types of signature</h2>
 *
 * <ul>
 *   <li>0x01: Ed25519 over the text. The log signs so.
 *   <li>0x04: eight bytes of time, and Ed25519 over {@code cosignature/v1\n}, {@code time <seconds>\n} and the text
 *       (c2sp.org/tlog-cosignature). Older witnesses cosign so.
 *   <li>0x06: eight bytes of time, and ML-DSA-44 with an empty context over the structure {@code subtree/v1\n\0},
 *       name, time, origin, start 0, end, root: 8 bytes big-endian for each number, one byte of length before name and
 *       origin. Newer witnesses cosign so, and the log itself does under its origin, for readers who fear quantum
 *       computers.
 * </ul>
 *
 * <p>The last two are over checkpoints and nothing else. Times are seconds since 1970, at most 2^63-1; 0 says nothing
 * about time, and then a policy does not count the cosignature, nor does it when the time is yet to come.
 *
 * <h2>Trust policies (c2sp.org/tlog-policy)</h2>
 *
 * <pre>
 * log &lt;verifier key&gt; [&lt;url&gt;]
 * witness X1 &lt;verifier key&gt; [&lt;url&gt;]
 * witness X2 &lt;verifier key&gt;
 * group X any X1 X2
 * quorum X
 * </pre>
 *
 * <ul>
 *   <li>One term a line, items between spaces and tabs; lines that begin with # and empty lines say nothing.
 *   <li>The name of a log's key is its origin. Keys of logs are of type 0x01 or 0x06, of witnesses 0x04 or 0x06.
 *   <li>A group is witnessed when {@code any}, {@code all} or a number of its members are. It names what stands above
 *       it, and nothing is a member twice.
 *   <li>There is one quorum: a witness, a group, or {@code none}.
 *   <li>A public key may stand there once, under whatever name, for a log or for a witness.
 * </ul>
 *
 * <p>Two exceptions leave this room: {@link io.holdfast.tlog.MalformedException} for bytes in bad form, and
 * {@link io.holdfast.note.UntrustedException} for a note in good form that must not be believed.
 */
package io.holdfast.note;
