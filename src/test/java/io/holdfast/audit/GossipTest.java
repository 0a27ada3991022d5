package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GossipTest {

    private static final TestLog LOG = LogExportTest.longLog();

    /** The same gateway's other log: equal up to its genesis, and signed by the same key. */
    private static final TestLog OTHER = LogExportTest.longLog();

    @Test
    void checkpoints_of_one_log_are_listed_in_order_and_no_fork() {
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("b", LOG.checkpointAt(300)));
            it.add(new Sighting("a", LOG.checkpointAt(2)));
            it.add(new Sighting("c", LOG.checkpointAt(300)));
            it.compare();
        });
        assertEquals(
                List.of(2L, 300L),
                gossip.heard().stream().map(it -> it.checkpoint().size()).toList());
        assertEquals(List.of("b", "c"), gossip.heard().get(1).places());
        assertEquals(List.of(), gossip.forks());
        assertEquals(List.of(), gossip.passedOver());
    }

    @Test
    void two_roots_of_one_size_are_a_fork_that_convinces_whoever_trusts_the_key() {
        ForkEvidence fork = sameSize();
        assertEquals(
                "The keys below signed two logs called holdfast.example/log that have different entries among the first"
                        + " 40.",
                fork.sentence());
        assertEquals(fork, ForkEvidence.parse(fork.print()));
        assertEquals(List.of(), fork.check(TestLog.anchors(), TestLog.START));
    }

    @Test
    void evidence_convinces_nobody_who_does_not_trust_the_key() {
        Anchors foreign = Anchors.ofKeys(List.of(TestLog.foreignLogKey().verifierKey()), Optional.of(TestLog.ORIGIN));
        assertEquals(2, sameSize().check(foreign, TestLog.START).size());
    }

    @Test
    void a_larger_log_that_does_not_begin_with_a_smaller_one_is_a_fork() {
        for (int size : new int[] {2, 3, 15, 128, 255, 256, 257, 299}) {
            ForkEvidence fork = twoSizes(size);
            assertEquals(fork, ForkEvidence.parse(fork.print()));
            assertEquals(List.of(), fork.check(TestLog.anchors(), TestLog.START), "size " + size);
        }
    }

    @Test
    void every_changed_byte_of_an_evidence_is_found() {
        for (ForkEvidence fork : List.of(sameSize(), twoSizes(40))) {
            byte[] bytes = fork.print();
            for (int i = 0; i < bytes.length; i++) {
                byte[] changed = bytes.clone();
                changed[i] ^= 1;
                assertFalse(proves(changed), "byte " + i);
            }
        }
    }

    @Test
    void one_checkpoint_twice_is_no_evidence() {
        SignedNote note = LOG.checkpointAt(40);
        ForkEvidence fork = new ForkEvidence(List.of(TestLog.verifierKey()), Optional.empty(), List.of(), note, note);
        assertEquals(
                "fork: both have the same root, and do not contradict each other",
                fork.check(TestLog.anchors(), TestLog.START).get(0).toString());
    }

    @Test
    void two_sizes_of_one_log_are_no_evidence_whatever_root_is_claimed() {
        ForkEvidence true40 = twoSizes(40);
        ForkEvidence claimed = new ForkEvidence(
                true40.keys(), true40.root(), true40.proof(), LOG.checkpointAt(40), LOG.checkpointAt(300));
        assertFalse(claimed.check(TestLog.anchors(), TestLog.START).isEmpty());
        ForkEvidence invented = new ForkEvidence(
                true40.keys(),
                Optional.of(Hash.leaf(new byte[0])),
                true40.proof(),
                LOG.checkpointAt(40),
                LOG.checkpointAt(300));
        assertEquals(
                "fork: the proof does not lead from its root to that of the larger checkpoint",
                invented.check(TestLog.anchors(), TestLog.START).get(0).toString());
    }

    @Test
    void checkpoints_of_different_logs_are_no_evidence() {
        Checkpoint elsewhere = new Checkpoint("other.example/log", 40, Hash.leaf(new byte[0]));
        SignedNote other = elsewhere.sign(TestLog.foreignLogKey());
        assertThrows(
                MalformedException.class,
                () -> new ForkEvidence(
                        List.of(TestLog.verifierKey()), Optional.empty(), List.of(), LOG.checkpointAt(40), other));
    }

    @Test
    void what_a_stranger_signed_makes_no_fork() {
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("true", LOG.checkpointAt(40)));
            it.add(new Sighting(
                    "forged",
                    new Checkpoint(TestLog.ORIGIN, 40, Hash.leaf(new byte[0])).sign(TestLog.foreignLogKey())));
            it.compare();
        });
        assertEquals(List.of(), gossip.forks());
        assertEquals(1, gossip.passedOver().size());
        assertTrue(gossip.passedOver().get(0).startsWith("forged: checkpoint is signed by "));
    }

    @Test
    void every_earlier_checkpoint_of_a_log_is_consistent_with_it() {
        Gossip gossip = gossip(it -> {
            for (int size = 0; size <= 300; size++) {
                it.add(new Sighting("size " + size, LOG.checkpointAt(size)));
            }
            it.compare();
            it.compareWith(LOG.files());
        });
        assertEquals(301, gossip.heard().size());
        assertEquals(List.of(), gossip.forks());
        assertEquals(List.of(), gossip.findings());
    }

    @Test
    void a_checkpoint_that_is_newer_than_the_log_is_not_compared() {
        TestLog grown = LogExportTest.longLog();
        MemorySource before = grown.files();
        grown.decide("later", SomeFacts.hongKongWarrant());
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("newer", grown.checkpointAt(301)));
            it.add(new Sighting("log", grown.checkpointAt(300)));
            it.compareWith(before);
        });
        assertEquals(
                List.of("newer: has 301 entries, and the log only 300, so that they were not compared"),
                gossip.passedOver());
    }

    @Test
    void a_log_whose_own_hashes_do_not_hold_proves_nothing() {
        MemorySource damaged = LOG.files();
        damaged.files.get("tile/0/000")[0] ^= 1;
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("kept", OTHER.checkpointAt(40)));
            it.add(new Sighting("log", LOG.checkpointAt(300)));
            it.compareWith(damaged);
        });
        assertEquals(List.of(), gossip.forks());
        assertTrue(
                gossip.findings().get(0).toString().contains("cannot be compared"),
                () -> gossip.findings().toString());
    }

    private static ForkEvidence sameSize() {
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("mine", LOG.checkpointAt(40)));
            it.add(new Sighting("yours", OTHER.checkpointAt(40)));
            it.compare();
        });
        assertEquals(1, gossip.forks().size());
        return gossip.forks().get(0);
    }

    private static ForkEvidence twoSizes(int size) {
        Gossip gossip = gossip(it -> {
            it.add(new Sighting("kept", OTHER.checkpointAt(size)));
            it.add(new Sighting("log", LOG.checkpointAt(300)));
            it.compare();
            it.compareWith(LOG.files());
        });
        assertEquals(1, gossip.forks().size());
        return gossip.forks().get(0);
    }

    private static boolean proves(byte[] evidence) {
        try {
            return ForkEvidence.parse(evidence)
                    .check(TestLog.anchors(), TestLog.START)
                    .isEmpty();
        } catch (MalformedException e) {
            return false;
        }
    }

    private static Gossip gossip(Consumer<Gossip> talk) {
        Gossip gossip = new Gossip(TestLog.anchors(), TestLog.START);
        talk.accept(gossip);
        return gossip;
    }
}
