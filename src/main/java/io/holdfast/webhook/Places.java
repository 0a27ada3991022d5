package io.holdfast.webhook;

import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** Up to where in the log receivers have been sent everything. Kept durably; shared by all gateways on one log. */
public interface Places {

    /**
     * Moves a receiver on, while no other gateway does.
     *
     * @param receiver a digest
     * @param start where a receiver begins that nobody has heard of
     * @param send given the index of the next entry, sends some, and answers with the index of the next one now. It may take
     *     six seconds. If the answer gets lost, the same entries are sent again
     * @return where the receiver is now; nothing if another gateway is sending
     * @throws IllegalStateException if it cannot be read or written
     */
    OptionalLong move(String receiver, long start, LongUnaryOperator send);
}
