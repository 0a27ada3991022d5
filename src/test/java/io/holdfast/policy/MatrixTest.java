package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Term;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MatrixTest {

    private static final int ROUNDS = 100;
    private static final Instant NOW = Requests.NOW;
    private static final Term HONG_KONG = Jurisdiction.of("HK");

    private static Rulebook rulebook;

    @BeforeAll
    static void read() throws PolicyException {
        rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    /** The cells are made of few requests; many others, which they must speak for, are decided here. */
    @TestFactory
    Stream<DynamicTest> what_a_cell_tells_a_request_is_what_the_evaluator_decides() {
        return Stream.concat(Stream.of(TestTable.NO_HOLDS, TestTable.START), rulebook.postures().stream())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    long seed = System.nanoTime();
                    Random random = new Random(seed);
                    HoldsInForce holds = new HoldsInForce(0, holds(name));
                    for (Matrix matrix : Matrix.of(rulebook, holds, NOW)) {
                        for (Matrix.Row row : matrix.rows()) {
                            Map<Dimension, List<Term>> words = words(row);
                            row.reaches().forEach((category, reach) -> {
                                for (int round = 0; round < ROUNDS; round++) {
                                    compare(reach, satisfying(words, category, random), holds, "seed " + seed);
                                }
                            });
                        }
                    }
                }));
    }

    private static List<Hold> holds(String name) {
        return switch (name) {
            case TestTable.NO_HOLDS -> List.of();
            case TestTable.START -> rulebook.startHolds();
            default -> rulebook.posture(name).orElseThrow();
        };
    }

    private static void compare(Reach reach, Facts facts, HoldsInForce holds, String seed) {
        Decision decision = rulebook.decide(facts, holds, NOW);
        Reach.Answer told = reach.to(facts);
        Outcome expected = switch (told.verdict()) {
            case YES -> Outcome.RELEASED;
            case PEOPLE -> Outcome.REFERRED;
            case HELD -> Outcome.HELD;
            case REFUSED -> Outcome.REFUSED;
        };
        assertEquals(expected, decision.outcome(), () -> seed + ": " + reach.words() + " for " + facts);
        assertEquals(told.reasons(), decision.basis().reasons(), () -> seed + ": " + reach.words() + " for " + facts);
    }

    /** Any words that the grant accepts, and not only those that the matrix chose. */
    private static Facts satisfying(Map<Dimension, List<Term>> words, DataCategory category, Random random) {
        while (true) {
            Facts facts = new Facts(
                    (Jurisdiction) any(words, Dimension.ISSUER_JURISDICTION, random),
                    Set.of((Jurisdiction) any(words, Dimension.USER_JURISDICTION, random)),
                    Set.of((Jurisdiction) any(words, Dimension.SUBJECT_JURISDICTION, random)),
                    (Jurisdiction) any(words, Dimension.PROVIDER_JURISDICTION, random),
                    (AuthorityLevel) any(words, Dimension.AUTHORITY, random),
                    (Instrument) any(words, Dimension.INSTRUMENT, random),
                    (Channel) any(words, Dimension.CHANNEL, random),
                    (Action) any(words, Dimension.ACTION, random),
                    Set.of(category),
                    Set.of((Offence) any(words, Dimension.OFFENCE, random)),
                    (Emergency) any(words, Dimension.EMERGENCY, random),
                    (NationalSecurity) any(words, Dimension.NATIONAL_SECURITY, random),
                    (Assurance) any(words, Dimension.SENDER, random),
                    (Assurance) any(words, Dimension.DOCUMENT, random),
                    (NonDisclosure) any(words, Dimension.NON_DISCLOSURE, random),
                    Optional.of(NOW.minusSeconds(60)),
                    Optional.of(NOW.plusSeconds(60)),
                    3,
                    5);
            boolean canBe = !facts.offences().contains(Offence.NATIONAL_SECURITY)
                    || facts.nationalSecurity() == NationalSecurity.INVOLVED;
            if (canBe) {
                return facts;
            }
        }
    }

    private static Map<Dimension, List<Term>> words(Matrix.Row row) {
        Map<Dimension, List<Term>> words = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            words.put(dimension, List.copyOf(GrantSpace.domain(rulebook.vocabulary(), row.grant(), dimension)));
        }
        words.put(Dimension.INSTRUMENT, List.of(row.instrument()));
        return words;
    }

    /** Hong Kong as often as anywhere else: most holds are about it. */
    private static Term any(Map<Dimension, List<Term>> words, Dimension dimension, Random random) {
        List<Term> domain = words.get(dimension);
        return random.nextBoolean() && domain.contains(HONG_KONG)
                ? HONG_KONG
                : domain.get(random.nextInt(domain.size()));
    }

    @Test
    void the_matrix_of_the_law_says_what_lawyers_know_of_it() {
        assertEquals("yes yes - -", row("us-sca", "us-subpoena", TestTable.NO_HOLDS));
        assertEquals("yes yes yes -", row("us-sca", "us-2703d", TestTable.NO_HOLDS));
        assertEquals("yes yes yes yes", row("us-sca", "us-sw", TestTable.NO_HOLDS));
        assertEquals("people - - -", row("us-sca", "us-nsl", TestTable.NO_HOLDS));
        assertEquals("- - yes yes", row("eu-e-evidence", "eu-epo-con", TestTable.NO_HOLDS));
        assertEquals("- - - people", row("hk-nsl", "hk-nsl-s4-disable", TestTable.NO_HOLDS));
        assertEquals("yes yes - -", row("hk-nsl", "hk-nsl-s4-identify", TestTable.NO_HOLDS));
    }

    @Test
    void a_stance_changes_the_cells_that_it_covers_and_leaves_the_others() {
        assertEquals("held held - -", row("hk-nsl", "hk-nsl-s4-identify", TestTable.START));
        assertEquals("- - - people", row("hk-nsl", "hk-nsl-s4-disable", TestTable.START));
        assertEquals("refused refused - -", row("hk", "hk-warrant", "deny-until-review"));
        assertEquals("yes yes yes yes", row("us-sca", "us-sw", "deny-until-review"));
    }

    @Test
    void a_cell_says_in_words_what_changes_it() {
        assertEquals(
                "held (HELD_PENDING_REVIEW); yes (EXCEPTION_APPLIES) if emergency LIFE; yes (EXCEPTION_APPLIES) if"
                        + " offence HUMAN-TRAFFICKING",
                words("hk", "hk-warrant", TestTable.START));
        assertEquals(
                "refused (REFUSED_UNTIL_REVIEW) for user-jurisdiction HK; yes if user-jurisdiction another",
                words("hk", "hk-warrant", "deny-until-event"));
        assertTrue(words("treaty", "int-mlat", TestTable.NO_HOLDS)
                .startsWith("yes for provider-jurisdiction US; refused (CHANNEL_SUSPENDED) if provider-jurisdiction"
                        + " another; refused (CHANNEL_SUSPENDED) if issuer-jurisdiction HK or NL or US; yes if"
                        + " issuer-jurisdiction US and provider-jurisdiction AU or CA or "));
    }

    @Test
    void before_a_law_is_in_force_its_cells_are_refused() {
        Matrix matrix = Matrix.of(rulebook, Holds.NONE, Instant.parse("2026-08-17T21:59:59Z")).stream()
                .filter(one -> one.pack().id().equals("eu-e-evidence"))
                .findFirst()
                .orElseThrow();
        matrix.rows().forEach(row -> row.reaches().values().forEach(reach -> assertEquals("refused", reach.brief())));
    }

    private static String row(String pack, String grant, String holds) {
        Matrix.Row row = find(pack, grant, holds);
        return Stream.of(
                        DataCategory.SUBSCRIBER,
                        DataCategory.IDENTIFICATION,
                        DataCategory.TRAFFIC,
                        DataCategory.CONTENT)
                .map(category -> row.reach(category)
                        .map(reach -> reach.answers().get(0).verdict().word())
                        .orElse("-"))
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    private static String words(String pack, String grant, String holds) {
        return find(pack, grant, holds)
                .reach(DataCategory.SUBSCRIBER)
                .orElseThrow()
                .words();
    }

    private static Matrix.Row find(String pack, String grant, String holds) {
        return Matrix.of(rulebook, new HoldsInForce(0, holds(holds)), NOW).stream()
                .filter(matrix -> matrix.pack().id().equals(pack))
                .flatMap(matrix -> matrix.rows().stream())
                .filter(row -> row.grant().id().equals(grant))
                .findFirst()
                .orElseThrow();
    }
}
