package io.holdfast.report;

/**
 * Which log was counted, and how far it went: what a reader needs to count again.
 *
 * @param root of the tree over all its entries, in base64, as the checkpoint has it
 */
public record LogHead(String origin, long size, String root) {}
