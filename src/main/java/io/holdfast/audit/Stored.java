package io.holdfast.audit;

/** An entry and where it stands in the log. */
public record Stored(long index, Entry entry) {}
