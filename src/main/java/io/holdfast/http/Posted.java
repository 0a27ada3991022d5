package io.holdfast.http;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Event;
import io.holdfast.audit.NoticeStanding;
import io.holdfast.gate.Case;
import io.holdfast.legal.Hold;
import io.holdfast.letter.Language;
import io.holdfast.letter.Letter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Letters as they are sent. */
final class Posted {

    private static final Map<Language, Letter> LETTERS = letters();

    /** Between two languages. */
    private static final String RULE = "\n--------\n\n";

    private Posted() {}

    private static Map<Language, Letter> letters() {
        Map<Language, Letter> letters = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            letters.put(language, Letter.in(language));
        }
        return letters;
    }

    /** @param language a tag; nothing for English and the language of the sender's papers, one below the other */
    static Response letter(Case found, Optional<String> language, NoticeStanding notice, List<Hold> holds) {
        List<Language> languages = language.map(tag -> List.of(read(tag)))
                .orElseGet(() -> Language.of(found.event().facts()));
        if (found.state() == CaseState.SHREDDED) {
            throw Erasures.shredded(found.shredded().orElseThrow(), Optional.empty())
                    .exception();
        }
        Letter.Matter matter = matter(found, notice.state() == NoticeStanding.State.DUE, holds);
        String text = languages.stream()
                .map(one -> LETTERS.get(one).write(matter).orElseThrow())
                .collect(Collectors.joining(RULE));
        return Response.ok(text, "text/plain; charset=utf-8")
                .header(
                        HttpHeaders.CONTENT_LANGUAGE,
                        languages.stream().map(Language::tag).collect(Collectors.joining(", ")))
                .build();
    }

    private static Letter.Matter matter(Case found, boolean isNoticeDue, List<Hold> holds) {
        return new Letter.Matter(
                found.state(),
                found.decided(),
                found.entries().stream()
                        .filter(stored -> stored.entry().event() instanceof Event.Delivered)
                        .findFirst(),
                isNoticeDue,
                holds);
    }

    /** What lies on top of a package: in English and in the language of the sender's papers, one below the other. */
    static byte[] cover(Case found) {
        Letter.Matter matter = matter(found, false, List.of());
        return Language.of(found.event().facts()).stream()
                .map(one -> LETTERS.get(one).cover(matter))
                .collect(Collectors.joining(RULE))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Language read(String tag) {
        return Language.of(tag)
                .orElseThrow(() -> StrictQuery.wrong(
                        "language",
                        "must be one of "
                                + Stream.of(Language.values())
                                        .map(Language::tag)
                                        .collect(Collectors.joining(", "))));
    }
}
