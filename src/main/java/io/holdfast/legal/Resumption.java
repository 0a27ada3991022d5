package io.holdfast.legal;

import java.util.EnumSet;
import java.util.Set;

/** Why a clock that was stopped goes on. A court that lifts the order is not among them: then the request is refused. */
public enum Resumption {
    ANSWERED("the issuer has answered", EnumSet.of(Stop.QUESTION)),
    /** What the law makes of it, the {@link Silence} of the clock says; the clock goes on because people say so. */
    TIME_OVER("the time to answer passed in silence", EnumSet.of(Stop.QUESTION)),
    /** Regulation (EU) 2023/1543 Art. 17: the court or the issuer keeps to the order. */
    ORDER_UPHELD("the order was upheld", EnumSet.of(Stop.OBJECTION)),
    WITHDRAWN("whoever stopped it has taken that back", EnumSet.allOf(Stop.class));

    private final String sentence;
    private final Set<Stop> ends;

    Resumption(String sentence, Set<Stop> ends) {
        this.sentence = sentence;
        this.ends = ends;
    }

    /** Whether it can end such a stop. */
    public boolean ends(Stop stop) {
        return ends.contains(stop);
    }

    public String code() {
        return Term.spell(this);
    }

    /** As the end of a sentence. */
    public String sentence() {
        return sentence;
    }
}
