package io.holdfast.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Event;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.Stored;
import io.holdfast.audit.TestLog;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import io.holdfast.tlog.Hash;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What senders are told, word for word as far as it depends on the case. */
class LetterTest {

    private static final String REQUEST = "019a0c3e-52d9-7abc-8def-0123456789ab";

    private final TestLog log = TestLog.started();

    private static Decision.Basis because(Reason... reasons) {
        return new Decision.Basis(
                List.of(reasons), List.of("us@1"), List.of(), List.of(), TestLog.rulebookDigest(), 1, Optional.empty());
    }

    private static Obligations nothing() {
        return new Obligations(0, Notice.NOT_REQUIRED, List.of(), Optional.empty(), Set.of());
    }

    private static Decision released() {
        return new Decision.Released(
                because(Reason.PERMITTED),
                new Scope(
                        Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT),
                        Map.of(DataCategory.LIVE_CONTENT, Reason.CATEGORY_NOT_REACHED)),
                nothing());
    }

    private Stored add(Event event) {
        long index = log.add(REQUEST, event);
        return log.entries().get((int) index);
    }

    private Letter.Matter matter(CaseState state, Decision decision) {
        return matter(state, decision, false);
    }

    private Letter.Matter matter(CaseState state, Decision decision, boolean isNoticeDue) {
        Stored decided = add(TestLog.decided(SomeFacts.usWarrant(), decision));
        Optional<Stored> delivered = state == CaseState.DELIVERED
                ? Optional.of(add(new Event.Delivered(Set.of(DataCategory.CONTENT), 1, 1, Hash.ofNothing())))
                : Optional.empty();
        return new Letter.Matter(state, decided, delivered, isNoticeDue, List.of(SomeFacts.pauseOnUs(1, true)));
    }

    private static String write(Letter.Matter matter, Language language) {
        return Letter.in(language).write(matter).orElseThrow();
    }

    private static String english(Letter.Matter matter) {
        return write(matter, Language.ENGLISH);
    }

    /** Every kind, from a case that stands there. */
    private Map<Letter.Kind, Letter.Matter> oneOfEach() {
        return Map.of(
                Letter.Kind.ACKNOWLEDGEMENT,
                matter(
                        CaseState.REFERRED,
                        new Decision.Referred(
                                because(Reason.APPROVALS_OUTSTANDING),
                                new Scope(Set.of(DataCategory.CONTENT), Map.of()),
                                nothing())),
                Letter.Kind.HELD,
                matter(
                        CaseState.HELD,
                        new Decision.Held(because(Reason.HELD_PENDING_REVIEW), "us@1", Optional.empty())),
                Letter.Kind.REFUSED,
                matter(CaseState.REFUSED, new Decision.Refused(because(Reason.PRIVILEGE_OR_PRESS))),
                Letter.Kind.RETURNED,
                matter(
                        CaseState.RETURNED,
                        new Decision.Returned(because(Reason.FACT_MISSING), List.of("issued-at", "TRANSLATION"))),
                Letter.Kind.RELEASED,
                matter(CaseState.RELEASED, released()),
                Letter.Kind.WAITS_FOR_NOTICE,
                matter(CaseState.ACCESSED, released(), true),
                Letter.Kind.DELIVERED,
                matter(CaseState.DELIVERED, released()),
                Letter.Kind.KEEPING,
                toKeep(CaseState.RELEASED),
                Letter.Kind.KEPT,
                toKeep(CaseState.PRESERVED),
                Letter.Kind.KEPT_NO_MORE,
                toKeep(CaseState.DROPPED));
    }

    private Letter.Matter toKeep(CaseState state) {
        Facts facts = SomeFacts.usWarrant().with(Dimension.ACTION, Set.of(Action.PRESERVE));
        return new Letter.Matter(state, add(TestLog.decided(facts, released())), Optional.empty(), false, List.of());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_template_has_exactly_the_places_of_its_kind(Language language) {
        for (Letter.Kind kind : Letter.Kind.values()) {
            assertEquals(kind.places(), Template.read(language, kind.file()).places(), kind::name);
        }
        assertEquals(Letter.OF_THE_RECORD, Template.read(language, "record").places());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_reason_and_everything_that_can_be_missing_has_a_sentence(Language language) {
        for (Reason reason : Reason.values()) {
            assertFalse(language.sentence(reason).isBlank(), reason::code);
        }
        Set<String> expected = Stream.of(
                        Missing.words(),
                        Arrays.stream(DataCategory.values()).map(DataCategory::code),
                        Stream.of("withheld"))
                .flatMap(words -> words)
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, String> words = Template.words(language);
        assertEquals(expected, words.keySet());
        words.forEach((word, text) -> assertFalse(text.isBlank(), word));
        assertTrue(words.get("withheld").contains("{category}")
                && words.get("withheld").contains("{reason}"));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_letter_names_the_request_and_the_record_and_has_no_place_left(Language language) {
        oneOfEach().forEach((kind, matter) -> {
            assertEquals(Optional.of(kind), matter.kind());
            String text = write(matter, language);
            Stored record = matter.delivered().orElse(matter.decided());
            assertTrue(text.contains(REQUEST), text);
            assertTrue(text.contains(record.entry().leaf().hash().hex()), text);
            assertTrue(text.contains(TestLog.ORIGIN) && text.contains(Long.toString(record.index())), text);
            assertFalse(text.contains("{") || text.contains("}"), text);
        });
    }

    @Test
    void a_letter_that_returns_lists_what_is_missing_and_nothing_else() {
        String text = english(oneOfEach().get(Letter.Kind.RETURNED));
        assertTrue(text.contains("""

                This is missing or has to be mended:

                - The date of issue of the instrument (issued-at)
                - A translation of the document (TRANSLATION)

                Mend it"""), text);
        assertFalse(text.contains("expires-at"));
    }

    @Test
    void a_letter_of_a_hold_says_what_the_hold_says_in_the_same_language_only() {
        Letter.Matter held = oneOfEach().get(Letter.Kind.HELD);
        String statement = SomeFacts.pauseOnUs(1, true).statement().get("en");
        assertTrue(english(held).contains("\n\n" + statement + "\n\n"), english(held));
        String chinese = write(held, Language.CHINESE);
        assertFalse(chinese.contains(statement));
        assertTrue(chinese.contains(Reason.HELD_PENDING_REVIEW.chinese()), chinese);
    }

    @Test
    void a_hold_that_does_not_cover_the_request_says_nothing_in_it() {
        Hold other = SomeFacts.pauseOnUs(2, false);
        Letter.Matter held = oneOfEach().get(Letter.Kind.HELD);
        String text = english(new Letter.Matter(held.state(), held.decided(), Optional.empty(), false, List.of(other)));
        assertFalse(text.contains(other.statement().get("en")), text);
    }

    @Test
    void a_letter_of_a_grant_says_what_is_given_and_why_the_rest_is_not() {
        String text = english(oneOfEach().get(Letter.Kind.RELEASED));
        assertTrue(text.contains("""
                - subscriber data (SUBSCRIBER)
                - stored content (CONTENT)
                - Not given: content as it arises (LIVE-CONTENT). The instrument does not reach this category of data. (CATEGORY_NOT_REACHED)
                """), text);
    }

    @Test
    void of_a_shredded_case_there_is_no_letter() {
        Letter.Matter gone = matter(CaseState.SHREDDED, new Decision.Refused(because(Reason.NO_RECORDS)));
        assertEquals(Optional.empty(), Letter.in(Language.ENGLISH).write(gone));
    }

    @Test
    void a_sender_in_hong_kong_is_written_to_in_both_of_its_languages() {
        assertEquals(List.of(Language.ENGLISH, Language.CHINESE), Language.of(SomeFacts.hongKongWarrant()));
        assertEquals(List.of(Language.ENGLISH), Language.of(SomeFacts.usWarrant()));
    }

    @Test
    void a_template_is_filled_as_a_whole_or_not_at_all() {
        Template template = Template.of("test", "Dear {{who}},\n\n{{list}}\n{{none}}\nbye\n");
        assertEquals(
                "Dear $1,\n\na\nb\nbye\n",
                template.fill(Map.of("who", List.of("$1"), "list", List.of("a", "b"), "none", List.of())));
        List<String> none = List.of();
        List<Map<String, List<String>>> wrongs = List.of(
                Map.of("who", List.of("x"), "list", none),
                Map.of("who", List.of("x"), "list", none, "none", none, "more", none),
                Map.of("who", List.of("x", "y"), "list", none, "none", none),
                Map.of("who", List.of("{{list}}"), "list", none, "none", none));
        for (Map<String, List<String>> wrong : wrongs) {
            assertThrows(IllegalStateException.class, () -> template.fill(wrong));
        }
    }
}
