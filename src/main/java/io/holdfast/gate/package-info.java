/**
 * The one road from a request to an answer.
 *
 * <ul>
 *   <li>{@link io.holdfast.gate.Gate}: a request comes in, a decision comes out, and between the two it is in the log
 *   <li>{@link io.holdfast.gate.HoldDesk}: one person can stop
 *   <li>{@link io.holdfast.gate.HoldChangeDesk}: starting again takes two, over exactly one change of holds
 *   <li>{@link io.holdfast.gate.ReviewDesk}: two people approve exactly one version of a decision
 *   <li>{@link io.holdfast.gate.ReviewQueue}: what waits for people, in the order in which something is due
 *   <li>{@link io.holdfast.gate.NoticeDesk}: whether the person concerned was told, and what stands in the way
 *   <li>{@link io.holdfast.gate.Collector}: what was released is read from the store, page by page, and goes on after a crash
 *   <li>{@link io.holdfast.gate.Delivery}: what was released is read from the store, narrowed and handed over
 *   <li>{@link io.holdfast.gate.SealedClaims}: opening one sealed claim, which is itself an entry
 * </ul>
 *
 * <p>Append, then act: each of them writes the entry that permits a step, waits until it is durable, and only then takes the
 * step. None of them knows HTTP, and no adapter has a rule of its own.
 */
package io.holdfast.gate;
