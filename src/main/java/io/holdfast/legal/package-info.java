/**
 * The words of the trade: what a request is, who may issue it, what a hold is, what a decision says.
 *
 * <p>Plain Java. No framework, no I/O, no clock: an instant is always an argument. Nothing here decides
 * anything; {@code policy} does. Nothing here knows how a thing is written down; {@code audit} and
 * {@code http} do.
 *
 * <p>Start with {@link io.holdfast.legal.Facts} (what the rulebook may look at),
 * {@link io.holdfast.legal.Hold} (what stops a request) and {@link io.holdfast.legal.Decision} (what comes out).
 */
package io.holdfast.legal;
