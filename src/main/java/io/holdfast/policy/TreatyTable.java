package io.holdfast.policy;

import io.holdfast.legal.Channel;
import io.holdfast.legal.Facts;
import java.time.Instant;
import java.util.List;

/** Whether the channel that a request came by is open between its two ends. */
final class TreatyTable {

    private final List<Treaty> treaties;

    TreatyTable(List<Treaty> treaties) {
        this.treaties = List.copyOf(treaties);
    }

    private static boolean needsTreaty(Channel channel) {
        return channel == Channel.TREATY || channel == Channel.EXECUTIVE_AGREEMENT;
    }

    /** A channel that rests on no treaty is always open; what it may carry is for the grants to say. */
    boolean isOpen(Facts facts, Instant at) {
        if (!needsTreaty(facts.channel())) {
            return true;
        }
        for (Treaty treaty : treaties) {
            if (carries(treaty, facts) && treaty.isActiveAt(at)) {
                return true;
            }
        }
        return false;
    }

    /** When the channel opens or closes by the passing of time. */
    void turns(Facts facts, Nearest next) {
        if (!needsTreaty(facts.channel())) {
            return;
        }
        for (Treaty treaty : treaties) {
            if (carries(treaty, facts)) {
                treaty.history().forEach(turn -> next.offer(turn.since()));
            }
        }
    }

    private static boolean carries(Treaty treaty, Facts facts) {
        return treaty.channel() == facts.channel() && treaty.joins(facts.issuer(), facts.provider());
    }
}
