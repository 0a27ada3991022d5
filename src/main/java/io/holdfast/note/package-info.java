/**
 * Signed text: notes, the keys that sign and verify them, and checkpoints, which are notes about the size and root of a
 * log.
 *
 * <p>A note carries text that people can read and any number of signatures under it. Nobody needs to know all the
 * signers: signatures by strangers are passed over, so keys can be changed and witnesses added. But a signature that
 * bears the label of a key we know must be right, and at least one such must be there.
 *
 * <p>It knows nothing of law and does no I/O. It says whether a text is signed, never whether it is true or new: a
 * verifier remembers the last checkpoint it saw and asks for a consistency proof. Bouncy Castle lives here, as a
 * library: it is never registered as a provider.
 *
 * <p>Start with {@link io.holdfast.note.Checkpoint}.
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
 * <p>The public key for the note above; its type is 0x01, Ed25519 over the text:
 *
 * <pre>
 * holdfast.example/log+6ed4c24a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
 *
 * name + hex(key id) + base64(type || public key)
 * key id = first four bytes of SHA-256(name || 0x0A || type || public key)
 * </pre>
 *
 * <p>Two exceptions leave this room: {@link io.holdfast.tlog.MalformedException} for bytes in bad form, and
 * {@link io.holdfast.note.UntrustedException} for a note in good form that must not be believed.
 */
package io.holdfast.note;
