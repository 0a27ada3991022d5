package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What became of one asked category, for explaining it.
 *
 * @param stopped why it is not permitted; empty when it is
 * @param lifted {@code hold/exception} of each exception that opened a hold here
 * @param grants the grants that reach it, whether or not a hold stops it
 */
record Cell(DataCategory category, Optional<Reason> stopped, List<String> lifted, List<Grant> grants) {}
