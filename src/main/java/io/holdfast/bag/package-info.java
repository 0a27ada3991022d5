/**
 * What an authority gets: the evidence package as a format, how it is written as a stream, and how it is opened and checked.
 * Knows no law, no gateway and no framework, and opens no file: whoever uses it brings the streams.
 *
 * <p>A package is a bag (BagIt 1.0, RFC 8493) in a ZIP, encrypted for one certificate (CMS AuthEnvelopedData, RFC 5083):
 *
 * <pre>
 * package-&lt;request&gt;/
 *   README.txt               how to check all this, in plain words
 *   bagit.txt, bag-info.txt  what BagIt wants
 *   manifest.json            {@link io.holdfast.bag.Manifest}: the request, its decision, and every file with size and SHA-512
 *   manifest-sha512.txt      the same digests of data/, for sha512sum -c
 *   tagmanifest-sha512.txt   and of all that lies beside data/, but for record/
 *   Check.java               checks all of it: one file, for any JDK from 17 on
 *   letter.txt               what the manifest names beside data/: the cover letter
 *   record/entry.jws         the entry of the log that commits to manifest.json
 *   record/entry.tlog-proof  that it is in the log
 *   data/...                 what was asked for
 * </pre>
 *
 * <p>The chain: a checkpoint that the log's key has signed, an inclusion proof, the entry, SHA-256 of {@code manifest.json}, SHA-512
 * of each file. Who has opened a package can say SHA-512 of {@code manifest.json}, which is nowhere outside of it.
 *
 * <p>Start with {@link io.holdfast.bag.Manifest}, then {@link io.holdfast.bag.BagWriter} and {@link
 * io.holdfast.bag.Encryption}.
 */
package io.holdfast.bag;
