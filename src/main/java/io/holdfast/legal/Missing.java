package io.holdfast.legal;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the sender has to mend, as people who return a request name it: closed words, since they stand in the log. A fact has the
 * name that it has among the {@link Facts}, a check that of {@link Check}.
 *
 * @param code one of {@link #words}
 */
public record Missing(String code) {

    /** What neither a fact nor a check has a name for. */
    private enum Other {
        LEGIBLE_DOCUMENT,
        TRANSLATION,
        TARGETS,
        PERIOD,
        NECESSITY,
        CASE_REFERENCE,
        OFFICER
    }

    /** @throws IllegalArgumentException if it is none of the words */
    public Missing {
        if (words().noneMatch(code::equals)) {
            throw new IllegalArgumentException("not one of the words for what can be missing");
        }
    }

    /** Every word, in the order in which people are shown them. */
    public static Stream<String> words() {
        return Stream.of(
                        Stream.of(Dimension.values()).map(Dimension::code),
                        Stream.of("issued-at", "expires-at", "accounts"),
                        Stream.of(Check.values()).map(Check::code),
                        Stream.of(Other.values()).map(Term::spell))
                .flatMap(words -> words);
    }

    /** @return nothing if it is none of the words */
    public static Optional<Missing> of(String code) {
        return words().anyMatch(code::equals) ? Optional.of(new Missing(code)) : Optional.empty();
    }
}
