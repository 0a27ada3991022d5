package io.holdfast.legal;

import java.util.List;

/**
 * Every hold that has been placed and not lifted, as of one point of the log. Whether a hold stands at an instant is
 * for {@link Hold#standsAt} to say.
 *
 * @param epoch how many control entries the log holds up to that point; a decision names the epoch it was made under
 */
public record HoldsInForce(long epoch, List<Hold> holds) {

    public HoldsInForce {
        holds = List.copyOf(holds);
    }
}
