/**
 * What the sender of a request is told in plain words: from the decision, the catalogue of reasons and templates, and from
 * nothing else. A letter says nothing that the sender's own view of the request does not say, and names nobody.
 *
 * <p>The templates are resources below {@code /letters/<language>/}: one for each kind of letter, {@code record.txt} for the
 * reference below each, and {@code words.txt}, a sentence for each thing that can be missing. Start with
 * {@link io.holdfast.letter.Letter}.
 */
package io.holdfast.letter;
