package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.HoldJson;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.UnreadableException;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import io.holdfast.policy.Vocabulary;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds, and reasons for changing them, as somebody sends them. What is not well formed is refused, and nothing is written. */
final class HoldInput {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,60}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_ID = 60;

    /** An entry has room for 65,535 bytes, of which base64 and the other claims take their part. */
    static final int MOST_BYTES = 40_000;

    private HoldInput() {}

    static boolean isId(String text) {
        return text.length() <= LONGEST_ID && ID.matcher(text).matches();
    }

    static Hash hash(String field, String hex) {
        if (!DIGEST.matcher(hex).matches()) {
            throw Problem.malformed(field, "must be 64 hex digits in small letters", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return Hash.of(HexFormat.of().parseHex(hex));
    }

    /** Why somebody stops something: long enough, or nothing happens. */
    static String reason(String reason) {
        if (reason == null || reason.strip().length() < 10 || !isText(reason)) {
            throw Problem.malformed(
                            "reason", "must be 10 to 2000 characters of plain text", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return reason;
    }

    /** Why somebody wants less stopped: whether it is a reason, the desk judges, which records what it refuses. */
    static String someReason(String reason) {
        if (reason == null || !isText(reason)) {
            throw Problem.malformed(
                            "reason", "must be plain text, at most 2000 characters", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return reason;
    }

    private static boolean isText(String reason) {
        return reason.length() <= 2000 && PlainText.Validator.isPlain(reason);
    }

    /**
     * @param json as {@link HoldJson} writes it; version, exceptions and phases may be left out
     * @param version the one that it has if it says none
     */
    static Hold hold(ObjectNode json, int version, Vocabulary vocabulary) {
        if (json == null) {
            throw Problem.malformed("hold", "must be there", "(nothing)").exception();
        }
        if (!json.has("version")) {
            json.put("version", version);
        }
        for (String list : new String[] {"exceptions", "phases"}) {
            if (!json.has(list)) {
                json.putArray(list);
            }
        }
        if (json.path("id").asText().length() > LONGEST_ID) {
            throw Problem.malformed("hold.id", "must be at most " + LONGEST_ID + " long", Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        try {
            Hold hold = HoldJson.read(json);
            checkWords(hold, vocabulary);
            checkDates(hold);
            checkFitsAnEntry(hold);
            return hold;
        } catch (UnreadableException | IllegalArgumentException e) {
            throw Problem.malformed("hold", e.getMessage(), Problem.Violation.NOT_SHOWN)
                    .exception();
        }
    }

    /** A hold from the year 30000 on would stop nothing, and look as if it did. */
    private static void checkDates(Hold hold) {
        Stream<Instant> dates = Stream.concat(
                Stream.concat(Stream.of(hold.from()), hold.reviewBy().stream()),
                hold.phases().stream().map(Hold.Phase::from));
        if (!dates.allMatch(WholeSeconds.Validator::isInRange)) {
            throw new IllegalArgumentException("every date must be whole seconds between 1990 and 2100");
        }
    }

    /** What goes into the entry: no free text, and not more than an entry can hold. */
    private static void checkFitsAnEntry(Hold hold) {
        if (!hold.exceptions().stream().allMatch(exception -> isId(exception.id()))) {
            throw new IllegalArgumentException(
                    "exceptions: an id is small letters, digits and single hyphens, at most " + LONGEST_ID + " long");
        }
        if (RecordedHold.textsOf(hold).length > MOST_BYTES) {
            throw new IllegalArgumentException("must be at most " + MOST_BYTES + " bytes in all");
        }
    }

    /** A hold that names a word that does not exist would stop nothing, and look as if it did. */
    private static void checkWords(Hold hold, Vocabulary vocabulary) {
        checkWords(hold.applies(), vocabulary);
        hold.exceptions().forEach(exception -> checkWords(exception.when(), vocabulary));
    }

    private static void checkWords(Match match, Vocabulary vocabulary) {
        for (Map.Entry<Dimension, Set<Term>> part : match.accepted().entrySet()) {
            for (Term term : part.getValue()) {
                if (vocabulary.term(part.getKey(), term.code()).isEmpty()) {
                    throw new IllegalArgumentException(
                            part.getKey().code() + ": " + term.code() + " is not in the vocabulary");
                }
            }
        }
    }
}
