package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.gate.WalkViolation.Property;
import io.holdfast.legal.Duty;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Mistakes that a gate could make, planted to see that a walk finds them and tells them in a few steps. */
enum WalkMistake {
    ONE_APPROVAL_COUNTS_TWICE(Property.RELEASE_WITHOUT_TWO, 2, 1, new WalkDesks.Road() {
        @Override
        List<Receipt> approve(WorkingGate work, String id, Hash version, Person person, Set<Duty> confirmed) {
            super.approve(work, id, version, person, confirmed);
            return super.approve(work, id, version, Person.of("somebody else"), confirmed);
        }
    }),
    AN_APPROVAL_COUNTS_FOR_WHATEVER_STANDS(Property.APPROVAL_SURVIVED_AN_EDIT, 4, 12, new WalkDesks.Road() {
        @Override
        List<Receipt> approve(WorkingGate work, String id, Hash version, Person person, Set<Duty> confirmed) {
            return super.approve(work, id, work.gate.find(id).orElseThrow().version(), person, confirmed);
        }
    }),
    WHAT_IS_BLOCKED_IS_NOT_RECORDED(Property.ATTEMPT_WITHOUT_ENTRY, 4, 1, new WalkDesks.Road() {
        @Override
        List<Receipt> approve(WorkingGate work, String id, Hash version, Person person, Set<Duty> confirmed) {
            Case found = work.gate.find(id).orElseThrow();
            return found.version().equals(version) ? super.approve(work, id, version, person, confirmed) : List.of();
        }
    }),
    ONE_PERSON_AGREES_TO_A_LIFT_UNDER_TWO_NAMES(Property.LOOSENED_BY_ONE, 4, 5, new WalkDesks.Road() {
        @Override
        Optional<CompletionStage<List<Receipt>>> approve(HoldChangeDesk desk, Hash proposal, Actor actor) {
            if (!actor.isPerson()) {
                return super.approve(desk, proposal, actor);
            }
            super.approve(desk, proposal, actor)
                    .ifPresent(receipts -> receipts.toCompletableFuture().join());
            Actor same = new Actor("somebody else", actor.roles());
            return super.approve(desk, proposal, same);
        }
    }),
    HOLDS_ARE_FORGOTTEN(Property.RELEASE_UNDER_A_HOLD, 6, 7, new WalkDesks.Road() {
        @Override
        Ledger between(Ledger log) {
            return new Forgetful(log);
        }
    });

    /** What the walk says of it. */
    final Property property;

    /** In so many steps at most. */
    final int steps;

    /** Of a walk that comes upon it early, so that no time is lost; whichever it is, one soon does. */
    final long seed;

    final WalkDesks.Road road;

    WalkMistake(Property property, int steps, long seed, WalkDesks.Road road) {
        this.property = property;
        this.steps = steps;
        this.seed = seed;
        this.road = road;
    }

    /** Whatever is written on a request is prepared as if no hold were in force. */
    private record Forgetful(Ledger log) implements Ledger {

        @Override
        public CompletionStage<List<Receipt>> append(Candidate candidate) {
            boolean isOnRequest = candidate.subject().matches("[0-9a-f-]{36}");
            return log.append(isOnRequest ? new WithoutHolds(candidate) : candidate);
        }

        private record WithoutHolds(Candidate candidate) implements Candidate {
            @Override
            public String subject() {
                return candidate.subject();
            }

            @Override
            public boolean hasHistory() {
                return candidate.hasHistory();
            }

            @Override
            public Optional<Once> once() {
                return candidate.once();
            }

            @Override
            public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
                Standing without = new Standing(
                        standing.epoch(), standing.rulebook(), List.of(), standing.keys(), standing.last());
                return candidate.prepare(without, history, at);
            }
        }

        @Override
        public Standing standing() {
            return log.standing();
        }

        @Override
        public Optional<Stored> entry(long index) {
            return log.entry(index);
        }

        @Override
        public List<Stored> history(String subject) {
            return log.history(subject);
        }

        @Override
        public byte[] checkpoint() {
            return log.checkpoint();
        }

        @Override
        public Optional<Receipt> receipt(long index) {
            return log.receipt(index);
        }

        @Override
        public Optional<byte[]> tile(Tile tile) {
            return log.tile(tile);
        }

        @Override
        public Optional<byte[]> content(String name) {
            return log.content(name);
        }

        @Override
        public Optional<Sealed> sealed(long index) {
            return log.sealed(index);
        }

        @Override
        public List<Long> tagged(Collection<String> tags, long before, int most) {
            return log.tagged(tags, before, most);
        }

        @Override
        public Optional<String> trouble() {
            return log.trouble();
        }
    }
}
