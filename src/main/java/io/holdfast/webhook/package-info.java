/**
 * Outgoing events: a signed POST for each entry of the log that people of other systems wait for, by the rules of
 * Standard Webhooks (https://www.standardwebhooks.com). The log is the outbox: there is no second list that could disagree
 * with it, only a place up to which each receiver has been sent everything.
 *
 * <p>At least once, in the order of the log. Nothing personal and no free text: what an event says the clear part of its
 * entry says. Nothing in the gateway waits for a receiver. Start with {@link io.holdfast.webhook.Outbox}.
 */
package io.holdfast.webhook;
