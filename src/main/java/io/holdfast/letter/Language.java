package io.holdfast.letter;

import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A language that there are templates in. */
public enum Language {
    ENGLISH("en"),
    /** Traditional Chinese, as it is written in Hong Kong. */
    CHINESE("zh-Hant");

    private static final Jurisdiction HONG_KONG = Jurisdiction.of("HK");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The language tag, BCP 47. */
    public String tag() {
        return tag;
    }

    /** @return nothing if there are no templates in it */
    public static Optional<Language> of(String tag) {
        return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
    }

    /** Those that a request is answered in if nobody asks for one: English, and the one that its sender issues papers in. */
    public static List<Language> of(Facts facts) {
        return facts.issuer().equals(HONG_KONG) ? List.of(ENGLISH, CHINESE) : List.of(ENGLISH);
    }

    String sentence(Reason reason) {
        return switch (this) {
            case ENGLISH -> reason.sentence();
            case CHINESE -> reason.chinese();
        };
    }
}
