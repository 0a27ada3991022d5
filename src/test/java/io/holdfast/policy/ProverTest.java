package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.HoldsInForce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProverTest {

    private static final SortedMap<String, byte[]> SHIPPED = shipped();

    private static SortedMap<String, byte[]> shipped() {
        try {
            return PolicySet.read(Path.of("policies")).files();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Rulebook rulebook() {
        return Small.load(PolicySet.of(SHIPPED));
    }

    /** The shipped set with one change, which has to change something. */
    private static Rulebook with(String path, String text, String other) {
        SortedMap<String, byte[]> files = PolicySet.of(SHIPPED).files();
        String before = new String(files.get(path), StandardCharsets.UTF_8);
        String after = before.replaceFirst(java.util.regex.Pattern.quote(text), other);
        assertTrue(!after.equals(before), "nothing to replace in " + path);
        files.put(path, after.getBytes(StandardCharsets.UTF_8));
        return Small.load(PolicySet.of(files));
    }

    private static Proof prove(Rulebook rulebook) {
        return Prover.prove(rulebook, List.of(TestTable.START));
    }

    private static Set<String> failing(Proof proof) {
        return proof.violations().stream().map(Proof.Violation::statement).collect(Collectors.toSet());
    }

    @Test
    void every_statement_holds_for_the_shipped_set_under_every_stance() {
        Rulebook rulebook = rulebook();
        List<String> all = new ArrayList<>(rulebook.postures());
        all.add(TestTable.START);

        Proof proof = Prover.prove(rulebook, all);

        proof.scenes()
                .forEach(scene -> System.out.println("ProverTest: under " + scene.scene() + " " + scene.points()
                        + " classes, " + scene.permitted() + " permitted something"));
        System.out.println("ProverTest: " + proof.points() + " classes in " + proof.took());
        assertEquals(List.of(), proof.violations());
    }

    @Test
    void a_grant_of_content_without_a_judge_is_found_with_a_witness() {
        Proof proof = prove(with(
                "packs/us-sca.yaml",
                "authority: [JUDGE]\n      category: [SUBSCRIBER, IDENTIFICATION, TRAFFIC, CONTENT]",
                "authority: [JUDGE, OFFICER]\n      category: [SUBSCRIBER, IDENTIFICATION, TRAFFIC, CONTENT]"));

        assertEquals(Set.of("content-needs-a-court"), failing(proof));
        Proof.Witness witness = proof.violations().get(0).witness().orElseThrow();
        assertEquals("US-SW", witness.facts().instrument().code());
        assertEquals("OFFICER", witness.facts().authority().code());
    }

    @Test
    void a_grant_to_unverified_senders_is_found() {
        assertEquals(
                Set.of("verified-senders-only"),
                failing(prove(with("packs/us-sca.yaml", "sender: [VERIFIED]", "sender: [VERIFIED, UNVERIFIED]"))));
    }

    @Test
    void a_takedown_notice_that_the_gateway_would_release_is_found() {
        assertEquals(
                Set.of("article-43-needs-a-court"),
                failing(prove(with("packs/hk-nsl.yaml", "    becomes: REFERRED\n", ""))));
    }

    @Test
    void a_grant_whose_treaty_is_always_closed_is_found() {
        Proof proof = prove(with("packs/us-cloud-act.yaml", "issuer-jurisdiction: [GB]", "issuer-jurisdiction: [AQ]"));

        assertEquals(Set.of("grant-fires"), failing(proof));
        assertEquals("us-cloud-in-gb", proof.violations().get(0).what());
    }

    @Test
    void an_exception_that_opens_nothing_is_found() {
        Proof proof = prove(with("holds/hk-nsl-2020.yaml", "issuer-jurisdiction: [HK]", "issuer-jurisdiction: [AQ]"));

        assertEquals(Set.of("exception-opens"), failing(proof));
        assertEquals(
                List.of("hk-nsl-2020/hk-life-threat", "hk-nsl-2020/hk-trafficking-warrant"),
                proof.violations().stream().map(Proof.Violation::what).toList());
    }

    @Test
    void a_hold_that_another_makes_useless_is_found() {
        Rulebook rulebook = rulebook();
        io.holdfast.legal.Hold hold = rulebook.startHolds().get(0);
        io.holdfast.legal.Hold twin = new io.holdfast.legal.Hold(
                "twin",
                1,
                hold.title(),
                hold.mode(),
                hold.applies(),
                hold.from(),
                hold.reviewBy(),
                hold.intake(),
                hold.preserve(),
                hold.exit(),
                hold.exceptions(),
                hold.phases(),
                hold.statement());

        Set<String> reached = new java.util.TreeSet<>();
        Scene both = Scene.of("both", rulebook, List.of(hold, twin));
        new Space(List.of(both), List.of()).slabs().forEach(slab -> SlabProof.of(slab, both, reached));

        assertTrue(!reached.contains("twin") && !reached.contains(hold.id()), reached::toString);
    }

    @Test
    void an_evaluator_that_overlooks_a_hold_is_found() {
        Rulebook rulebook = rulebook();
        Scene blind =
                new Scene("blind", rulebook, new HoldMasks(new HoldsInForce(0, List.of())), rulebook.startHolds());

        Set<String> found = new java.util.TreeSet<>();
        for (Slab slab : new Space(List.of(blind), List.of()).slabs()) {
            SlabProof.of(slab, blind, new java.util.TreeSet<>())
                    .violations()
                    .values()
                    .forEach(violation -> found.add(violation.statement()));
        }

        assertTrue(found.contains("hold-keeps"), found::toString);
    }
}
