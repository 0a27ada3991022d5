package io.holdfast.gate;

import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.Standing;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Problem;
import io.holdfast.policy.Rulebook;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Knows what lies in the directory of policies, and follows the log where another gateway has put a rulebook into force. A set
 * that must not come into force changes nothing: the old one stays, and {@link #seen} says what is wrong.
 */
public final class PolicyWatch {

    /**
     * What lies in the directory, beside the rulebook in force.
     *
     * @param next a set that could come into force
     * @param problems why what lies there cannot
     */
    public record Seen(Optional<NextRulebook> next, List<Problem> problems) {

        static final Seen NOTHING_NEW = new Seen(Optional.empty(), List.of());

        public Seen {
            problems = List.copyOf(problems);
        }
    }

    private final Gate gate;
    private volatile Seen seen = Seen.NOTHING_NEW;

    public PolicyWatch(Gate gate) {
        this.gate = gate;
    }

    public Seen seen() {
        return seen;
    }

    /** @throws StaleRulebookException if it is not at hand yet */
    public Rulebook inForce() {
        return gate.rulebook().at(gate.ledger().standing());
    }

    /** The digest of the rulebook in force, also while that is not at hand. */
    public String digestInForce() {
        return gate.ledger().standing().rulebook();
    }

    /** Loads the rulebook in force, if another gateway has put it into force. */
    public void follow() {
        String inForce = digestInForce();
        if (!gate.rulebook().has(inForce)) {
            gate.rulebook().replace(kept(gate.ledger().content(Genesis.contentName(inForce)), inForce));
        }
    }

    /**
     * A rulebook as it is kept beside the log.
     *
     * @throws IllegalStateException if it is not there, or not what its name says
     */
    public static Rulebook kept(Optional<byte[]> archive, String digest) {
        byte[] files = archive.orElseThrow(() -> new IllegalStateException(
                "the log has the rulebook " + digest + " in force, and its files are not in the database"));
        try {
            Rulebook rulebook = RulebookArchive.read(files).rulebook();
            if (rulebook.digest().equals(digest)) {
                return rulebook;
            }
        } catch (PolicyException e) {
            // Said below: it was in order when it came into force.
        }
        throw new IllegalStateException("the rulebook " + digest
                + " that the log has in force cannot be read from the database; it was changed there, or another version of"
                + " this software has put it into force");
    }

    /** What lies there cannot even be read as files. */
    public Seen unreadable(List<Problem> problems) {
        seen = new Seen(Optional.empty(), problems);
        return seen;
    }

    /** Takes seconds of a processor where something new lies there. */
    public Seen look(PolicySet files) {
        Standing standing = gate.ledger().standing();
        try {
            seen = files.digest().equals(standing.rulebook()) ? same(files) : compared(files, standing);
        } catch (PolicyException e) {
            seen = new Seen(Optional.empty(), e.problems());
        }
        return seen;
    }

    /** The rules are those in force; but their lock may not fit, and then no gateway would start with them. */
    private static Seen same(PolicySet files) throws PolicyException {
        files.rulebook();
        return Seen.NOTHING_NEW;
    }

    private Seen compared(PolicySet files, Standing standing) throws PolicyException {
        NextRulebook next = NextRulebook.compare(
                files,
                gate.rulebook().at(standing),
                standing,
                gate.scribe().now().truncatedTo(ChronoUnit.SECONDS));
        gate.rulebook().ready(next.rulebook(), standing);
        return new Seen(Optional.of(next), List.of());
    }
}
