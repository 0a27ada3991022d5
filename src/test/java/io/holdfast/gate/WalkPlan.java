package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.gate.WalkAct.Opening;
import io.holdfast.gate.WalkAct.Paper;
import io.holdfast.gate.WalkAct.Rules;
import io.holdfast.gate.WalkAct.Who;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.Review;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What people do on one walk, all of it drawn from a seed and from nothing else. */
final class WalkPlan {

    static final List<String> HOLDS = List.of("users-hk", "users-de");
    private static final List<String> PEOPLE = List.of("ann", "bea", "cem", "dov");
    private static final List<String> NOBODY = List.of("system", "Admin", " ann");
    private static final List<String> PLACES = List.of("HK", "DE", "US", "SE");

    private final Random random;
    private final List<WalkAct> acts = new ArrayList<>();
    private int requests;
    private int proposals;

    private WalkPlan(long seed) {
        this.random = new Random(seed);
    }

    static List<WalkAct> of(long seed, int steps) {
        WalkPlan plan = new WalkPlan(seed);
        while (plan.acts.size() < steps) {
            plan.acts.add(plan.next());
        }
        return List.copyOf(plan.acts.subList(0, steps));
    }

    /** The next thing; what is drawn to come before it is there already. */
    private WalkAct next() {
        int kind = random.nextInt(100);
        if (requests == 0 || kind < 11) {
            return request(oneIn(2));
        }
        if (kind < 31) {
            return approve(request());
        }
        if (kind < 35) {
            return new WalkAct.Look(request(), back(), who(Role.REVIEWER), oneOf(List.of(Review.Verdict.values())));
        }
        if (kind < 45) {
            return new WalkAct.Collect(request());
        }
        if (kind < 49) {
            return aside(request());
        }
        if (kind < 52) {
            return new WalkAct.Shred(request(), who(Role.LEGAL_OPERATOR), reason());
        }
        if (kind < 53) {
            return new WalkAct.OpenClaim(request(), who(Role.AUDITOR));
        }
        if (kind < 54) {
            return new WalkAct.LookUp(who(Role.AUDITOR));
        }
        if (kind < 57) {
            return new WalkAct.Repeat(request(), !oneIn(3));
        }
        if (kind < 58) {
            return new WalkAct.Place(oneOf(HOLDS), opening(), who(Role.LEGAL_OPERATOR));
        }
        if (kind < 60) {
            return new WalkAct.Tighten(oneOf(HOLDS), opening(), who(Role.LEGAL_OPERATOR));
        }
        if (proposals == 0 || kind < 66) {
            return propose();
        }
        if (kind < 82) {
            return new WalkAct.Answer(proposal(), answer(), who(Role.LEGAL_APPROVER), !oneIn(10));
        }
        if (kind < 83) {
            return oneIn(2) ? rulebook() : new WalkAct.Keep();
        }
        if (kind < 90) {
            return new WalkAct.Wait(hours());
        }
        return oneIn(15) ? new WalkAct.Restart() : new WalkAct.Keep();
    }

    /** @param isCarriedThrough whether people see to it at once: or too few would come to their end */
    private WalkAct request(boolean isCarriedThrough) {
        WalkAct submit = new WalkAct.Submit(++requests, paper(), oneIn(2));
        if (!isCarriedThrough) {
            return submit;
        }
        acts.add(submit);
        acts.add(approve(requests));
        acts.add(approve(requests));
        acts.add(oneIn(2) ? approve(requests) : aside(requests));
        return new WalkAct.Collect(requests);
    }

    /** What may be in the way of a release that people agree to. */
    private WalkAct aside(int request) {
        return switch (random.nextInt(8)) {
            case 5 -> new WalkAct.UseGrant(request);
            case 6, 7 -> {
                acts.add(new WalkAct.Grant(request));
                yield new WalkAct.UseGrant(request);
            }
            case 0 -> new WalkAct.Object(request, who(Role.REVIEWER), !oneIn(3));
            case 1 ->
                new WalkAct.Defer(
                        request, who(Role.LEGAL_OPERATOR), oneIn(2) ? NoticeGround.ORDER : NoticeGround.RISK_TO_LIFE);
            default -> new WalkAct.Tell(request, who(Role.LEGAL_OPERATOR));
        };
    }

    private WalkAct approve(int request) {
        return new WalkAct.Approve(request, back(), who(Role.REVIEWER), !oneIn(12));
    }

    private Paper paper() {
        return oneIn(3)
                ? oneOf(List.of(Paper.values()))
                : oneOf(List.of(Paper.WARRANT_ON_HK, Paper.WARRANT_ON_HK_AND_DE, Paper.EMERGENCY_IN_HK));
    }

    /** Of a hold that was just placed, often; and often somebody answers at once, since with the next change of anything it is over. */
    private WalkAct propose() {
        String hold = oneIn(20) ? "hk-nsl-2020" : oneOf(HOLDS);
        if (oneIn(5)) {
            acts.add(new WalkAct.Place(hold, opening(), who(Role.LEGAL_OPERATOR)));
        }
        WalkAct propose = new WalkAct.Propose(
                ++proposals,
                hold,
                oneIn(3) ? Optional.of(oneOf(List.of(Opening.values()))) : Optional.empty(),
                !oneIn(12),
                1 + random.nextInt(30),
                oneIn(3) ? Optional.of(random.nextInt(12)) : Optional.empty(),
                who(Role.LEGAL_OPERATOR),
                !oneIn(12));
        if (oneIn(3)) {
            return propose;
        }
        acts.add(propose);
        acts.add(new WalkAct.Answer(proposals, Event.Attempt.APPROVE, who(Role.LEGAL_APPROVER), true));
        return new WalkAct.Answer(proposals, answer(), who(Role.LEGAL_APPROVER), true);
    }

    private Event.Attempt answer() {
        return switch (random.nextInt(12)) {
            case 0 -> Event.Attempt.OBJECT;
            case 1 -> Event.Attempt.WITHDRAW_OBJECTION;
            case 2 -> Event.Attempt.WITHDRAW;
            default -> Event.Attempt.APPROVE;
        };
    }

    private WalkAct rulebook() {
        Rules rules = oneOf(List.of(Rules.values()));
        return switch (random.nextInt(4)) {
            case 0 -> new WalkAct.LayRulebook(rules);
            case 1 -> new WalkAct.AgreeRulebook(rules, who(Role.LEGAL_APPROVER));
            default -> {
                // Somebody usually answers at once: with the next hold the comparison would have grown old.
                acts.add(new WalkAct.ProposeRulebook(rules, who(Role.LEGAL_OPERATOR)));
                yield new WalkAct.AgreeRulebook(rules, who(Role.LEGAL_APPROVER));
            }
        };
    }

    /** Hours mostly; now and then weeks, so that papers expire, and now and then the clock is set back. */
    private int hours() {
        return switch (random.nextInt(12)) {
            case 0 -> -1;
            case 1 -> 24 * random.nextInt(12);
            case 2 -> oneIn(8) ? 24 * 60 : 24;
            default -> random.nextInt(8);
        };
    }

    /** The young ones mostly, so that some come to their end. */
    private int request() {
        return young(requests, 4);
    }

    private int proposal() {
        return young(proposals, 2);
    }

    private int young(int last, int width) {
        return last - random.nextInt(Math.min(oneIn(10) ? last : width, last));
    }

    private int back() {
        return oneIn(15) ? 1 + random.nextInt(6) : 0;
    }

    private ErasureReason reason() {
        return oneIn(6) ? ErasureReason.COURT_ORDER : ErasureReason.RETENTION_ENDED;
    }

    private Opening opening() {
        return oneIn(2) ? Opening.BOTH : oneOf(List.of(Opening.values()));
    }

    /** In whatever roles, mostly the one that it takes; in one of four somewhere that binds them. */
    private Who who(Role needed) {
        Set<Role> roles = new HashSet<>();
        if (!oneIn(12)) {
            roles.add(needed);
        }
        for (Role role : Role.values()) {
            if (oneIn(role == Role.LE_AGENT ? 30 : 8)) {
                roles.add(role);
            }
        }
        return new Who(
                oneIn(20) ? oneOf(NOBODY) : oneOf(PEOPLE),
                roles,
                oneIn(8) ? Optional.of(oneOf(PLACES)) : Optional.empty());
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
