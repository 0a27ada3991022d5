package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a copy is kept under the laws of the packs, and when that ends. */
class KeptCopyTest {

    private static final String REQUEST = "request";
    private static final Function<String, CaseState> NOWHERE = id -> CaseState.UNDECIDED;
    private static final Set<DataCategory> SUBSCRIBER = Set.of(DataCategory.SUBSCRIBER);

    private final TestLog log = TestLog.started();

    private Instant last() {
        List<Stored> entries = log.entries();
        return entries.get(entries.size() - 1).entry().envelope().at();
    }

    private KeptCopy copy() {
        return KeptCopy.of(log.entries().stream()
                .filter(stored -> stored.entry().envelope().subject().equals(REQUEST))
                .toList());
    }

    private Instant released(Preservation law) {
        Decision.Basis basis = new Decision.Basis(
                List.of(Reason.values()[0]),
                List.of(),
                List.of(),
                List.of(),
                TestLog.rulebookDigest(),
                1,
                Optional.empty());
        Obligations asked = new Obligations(0, Notice.BEFORE, List.of(), Optional.of(law), Set.of());
        log.add(
                REQUEST,
                TestLog.decided(
                        SomeFacts.usLetter(), new Decision.Released(basis, new Scope(SUBSCRIBER, Map.of()), asked)));
        return last();
    }

    private void step(CopyStep step) {
        log.add(REQUEST, new Event.CopyStepped(step));
    }

    private static CopyStep preserved(Instant until) {
        return new CopyStep.Preserved(SUBSCRIBER, 1, until, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "60, 30", "30, 30"})
    void it_is_kept_to_the_second_and_extended_once(int days, int more) {
        Instant receipt = released(new Preservation(Duration.ofDays(days), Optional.of(Duration.ofDays(more)), false));
        Instant first = receipt.plus(Duration.ofDays(days));
        Instant second = first.plus(Duration.ofDays(more));
        assertEquals(
                Optional.of(Event.Blocked.WRONG_TIMES),
                copy().objection(preserved(first.plusSeconds(1)), receipt, NOWHERE));
        step(preserved(first));
        CopyStep extended = new CopyStep.Extended(second);
        assertFalse(copy().isExpired(first.minusSeconds(1), NOWHERE));
        assertTrue(copy().isExpired(first, NOWHERE));
        assertEquals(Optional.empty(), copy().objection(extended, first.minusSeconds(1), NOWHERE));
        assertEquals(Optional.of(Event.Blocked.TOO_LATE), copy().objection(extended, first, NOWHERE));
        step(extended);
        assertEquals(Optional.of(Event.Blocked.ALREADY_SAID), copy().objection(extended, receipt, NOWHERE));
        assertFalse(copy().isExpired(second.minusSeconds(1), NOWHERE));
        assertTrue(copy().isExpired(second, NOWHERE));
        CaseClocks clocks = CaseClocks.of(log.entries().subList(1, log.entries().size()));
        assertEquals(second, clocks.running().get(0).due());
    }

    @Test
    void where_the_law_has_no_extension_there_is_none() {
        Instant receipt = released(new Preservation(Duration.ofDays(21), Optional.empty(), false));
        step(preserved(receipt.plus(Duration.ofDays(21))));
        assertEquals(Optional.empty(), copy().extendedUntil());
        assertEquals(
                Optional.of(Event.Blocked.NOT_EXTENDABLE),
                copy().objection(new CopyStep.Extended(receipt.plus(Duration.ofDays(42))), receipt, NOWHERE));
    }

    @Test
    void until_it_is_produced_it_is_kept_where_the_law_says_so_and_no_longer_than_that_can_happen() {
        Instant receipt = released(new Preservation(Duration.ofDays(60), Optional.of(Duration.ofDays(30)), true));
        Instant end = receipt.plus(Duration.ofDays(60));
        step(preserved(end));
        step(new CopyStep.Linked("production"));
        Instant late = end.plus(Duration.ofDays(1000));
        assertFalse(copy().isExpired(late, id -> CaseState.REFERRED));
        assertFalse(copy().isExpired(late, id -> CaseState.HELD));
        assertTrue(copy().isExpired(late, id -> CaseState.REFUSED));
        assertTrue(copy().isProduced(id -> CaseState.DELIVERED));
        assertEquals(
                List.of(),
                CaseClocks.of(log.entries().subList(1, log.entries().size())).running());
    }

    @Test
    void a_link_keeps_nothing_longer_where_the_law_does_not_say_so() {
        Instant receipt = released(new Preservation(Duration.ofDays(90), Optional.of(Duration.ofDays(90)), false));
        step(preserved(receipt.plus(Duration.ofDays(90))));
        step(new CopyStep.Linked("production"));
        assertTrue(copy().isExpired(receipt.plus(Duration.ofDays(90)), id -> CaseState.REFERRED));
    }
}
