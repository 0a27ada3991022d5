package io.holdfast.audit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What every entry says, whatever it is about.
 *
 * @param issuer the log's origin
 * @param at when it was made, whole seconds; never runs backwards within a log
 * @param id unique within the log, a UUIDv7
 * @param subject what it is about: the id of a request, {@code hold:} and the id of a hold, {@code hold-changes},
 *     {@code hold-attempts}, {@code report}, {@code rulebook}, or {@code log}
 * @param epoch the epoch it was made under
 * @param rulebook the digest of the rulebook it was made under, hex
 * @param previous the index of the entry that it answers, if it answers one
 */
public record Envelope(
        String issuer, Instant at, String id, String subject, long epoch, String rulebook, OptionalLong previous) {

    public static final String LOG = "log";

    /** The subject of every entry about a transparency report. */
    public static final String REPORT = "report";

    /** The subject of every entry about which rulebook is to be in force. */
    public static final String RULEBOOK = "rulebook";

    /** The subject of every entry about a change of holds that takes two people. */
    public static final String HOLD_CHANGES = "hold-changes";

    /**
     * The subject of every attempt on such a change that did not count. Apart from the changes, which are read whenever
     * somebody acts on one: nobody can make that slow by trying over and over what they may not.
     */
    public static final String HOLD_ATTEMPTS = "hold-attempts";

    private static final String HOLD = "hold:";

    public static String subjectOfHold(String holdId) {
        return HOLD + holdId;
    }

    public boolean isAboutRequest() {
        return !subject.equals(LOG)
                && !subject.equals(REPORT)
                && !subject.equals(RULEBOOK)
                && !subject.equals(HOLD_CHANGES)
                && !subject.equals(HOLD_ATTEMPTS)
                && !subject.startsWith(HOLD);
    }
}
