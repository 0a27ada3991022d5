package io.holdfast.http;

import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.Case;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people who review send, read word by word, and why it did not count. */
final class Reviews {

    private Reviews() {}

    static Review narrowed(List<String> categories) {
        Set<DataCategory> kept = new HashSet<>(words(
                "categories",
                categories,
                code -> Optional.of(Dimension.CATEGORY.vocabulary())
                        .filter(words -> Stream.of(DataCategory.values())
                                .anyMatch(one -> one.isKnown() && one.code().equals(code)))
                        .map(words -> (DataCategory) words.term(code)),
                "categories of data, such as SUBSCRIBER"));
        return new Review.Narrowed(kept);
    }

    static Review refused(List<String> reasons) {
        List<Reason> people =
                Arrays.stream(Reason.values()).filter(Reason::isForPeople).toList();
        return new Review.Refused(words(
                "reasons",
                reasons,
                code -> people.stream()
                        .filter(reason -> reason.code().equals(code))
                        .findFirst(),
                "reasons that people can give: "
                        + people.stream().map(Reason::code).collect(Collectors.joining(", "))));
    }

    static Review returned(List<String> missing) {
        return new Review.Returned(
                words("missing", missing, Missing::of, Missing.words().collect(Collectors.joining(", "))));
    }

    /** What somebody who approves confirms. */
    static Set<Duty> confirmed(Map<String, String> checks) {
        Set<Duty> confirmed = EnumSet.noneOf(Duty.class);
        if (checks == null) {
            return confirmed;
        }
        checks.forEach((code, answer) -> confirmed.add(Arrays.stream(Duty.values())
                .filter(duty -> duty.isForApprovers() && duty.code().equals(code) && "CONFIRMED".equals(answer))
                .findFirst()
                .orElseThrow(() -> Problem.malformed(
                                "checks",
                                "must have CONFIRMED for each of some of "
                                        + Arrays.stream(Duty.values())
                                                .filter(Duty::isForApprovers)
                                                .map(Duty::code)
                                                .collect(Collectors.joining(", ")),
                                Problem.Violation.NOT_SHOWN)
                        .exception())));
        return confirmed;
    }

    /** Duties by their codes and what they ask. */
    static String told(Set<Duty> duties) {
        return duties.stream()
                .map(duty -> duty.code() + " (" + duty.sentence() + ")")
                .collect(Collectors.joining(", ", "", "."));
    }

    private static <T> List<T> words(
            String field, List<String> codes, Function<String, Optional<T>> reader, String known) {
        List<Optional<T>> read = codes == null
                ? List.of()
                : codes.stream()
                        .map(code -> Optional.ofNullable(code).flatMap(reader))
                        .toList();
        if (read.isEmpty() || read.stream().anyMatch(Optional::isEmpty)) {
            throw Problem.malformed(field, "must be at least one of " + known, Problem.Violation.NOT_SHOWN)
                    .exception();
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    static Problem blocked(Event.ReviewBlocked event, Case found, Receipt receipt) {
        if (event.blocked() == Event.Blocked.SHREDDED) {
            return Erasures.shredded(found.shredded().orElseThrow(), Optional.of(receipt));
        }
        String detail = switch (event.blocked()) {
            case OTHER_VERSION -> "The decision has changed since; read it again and name its new version.";
            case NOT_NARROWER -> "Name some of the categories that are granted now, and not all of them.";
            default -> "The request does not wait for people.";
        };
        return Problem.of(
                "review-blocked",
                409,
                "The review does not count.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }
}
