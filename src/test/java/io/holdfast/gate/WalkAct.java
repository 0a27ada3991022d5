package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.Review;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that somebody does on a walk ({@link Walk}), as data: drawn before anything is done, so that it can be done again on
 * another log. Requests and proposals have numbers of the walk's own; what was left out is not there to be acted on, and whoever
 * tries does nothing.
 *
 * <p>Something new that people can do is a record here. {@link WalkPlan} draws it, {@link WalkDesks} does it and says which entry it
 * has to leave, and {@link WalkCase} or {@link WalkMemory} hold that entry to what must not be.
 */
sealed interface WalkAct {

    /** In words, for whoever has to understand why the walk failed. */
    String words();

    /** What is counted under one name. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Somebody, as their token says today: roles and place may be others tomorrow, the name is the person. */
    record Who(String name, Set<Role> roles, Optional<String> place) {

        /** Told apart here, and not by the code under test. */
        private static final Set<String> NOBODY = Set.of("system", "Admin", " ann");

        public Who {
            roles = Set.copyOf(roles);
        }

        boolean isPerson() {
            return !NOBODY.contains(name);
        }

        boolean has(Role role) {
            return roles.contains(role) && !roles.contains(Role.LE_AGENT);
        }

        Set<Jurisdiction> places() {
            return place.map(Jurisdiction::of).map(Set::of).orElse(Set.of());
        }

        Actor actor() {
            return new Actor(name, roles, places());
        }

        Person person() {
            return new Person(name, places());
        }

        String words() {
            String as = roles.stream().map(Role::code).sorted().collect(Collectors.joining(", "));
            return '"'
                    + name
                    + '"'
                    + (as.isEmpty() ? "" : " as " + as)
                    + place.map(where -> " in " + where).orElse("");
        }
    }

    /** What is asked for. The data of all of them are the same account's. */
    enum Paper {
        WARRANT_ON_HK,
        WARRANT_ON_HK_AND_DE,
        /** Without an order that forbids it the person concerned is told before anything leaves. */
        WARRANT_WITHOUT_ORDER,
        EMERGENCY_IN_HK,
        /** By somebody who may not send it. */
        FORGED_WARRANT
    }

    /** What a hold lets through to people. */
    enum Opening {
        NOTHING,
        WARRANTS,
        EMERGENCIES,
        BOTH
    }

    /** Of a request that has come in. */
    sealed interface OnRequest extends WalkAct {
        int request();
    }

    record Submit(int request, Paper paper, boolean isRepeatable) implements WalkAct {
        @Override
        public String words() {
            return "request " + request + " comes in: " + paper + (isRepeatable ? ", with a key to repeat it" : "");
        }
    }

    /** @param isSame or the key of the first call comes with other content */
    record Repeat(int request, boolean isSame) implements WalkAct {
        @Override
        public String words() {
            return "the call of request " + request + " is repeated"
                    + (isSame ? "" : ", with the same key and other content");
        }
    }

    /** @param back 0 for the version that stands, else another entry of the request, counted from the last */
    record Approve(int request, int back, Who who, boolean confirms) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " approves " + version(request, back) + (confirms ? "" : ", and confirms nothing");
        }
    }

    record Look(int request, int back, Who who, Review.Verdict verdict) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " says of " + version(request, back) + " that it is " + verdict;
        }
    }

    private static String version(int request, int back) {
        return "request " + request + (back == 0 ? "" : ", as it was " + back + " entries before its last");
    }

    record Collect(int request) implements OnRequest {
        @Override
        public String words() {
            return "the data of request " + request + " is collected";
        }
    }

    record Grant(int request) implements OnRequest {
        @Override
        public String words() {
            return "a grant is asked for on request " + request;
        }
    }

    /** The last grant on it, whether or not it was used before. */
    record UseGrant(int request) implements OnRequest {
        @Override
        public String words() {
            return "the grant on request " + request + " is used";
        }
    }

    record Shred(int request, Who who, ErasureReason reason) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " wants request " + request + " shredded for " + reason;
        }
    }

    record OpenClaim(int request, Who who) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " opens who the officer of request " + request + " is";
        }
    }

    /** @param isOver or it begins: while it stands nothing leaves */
    record Object(int request, Who who, boolean isOver) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " says that somebody objects to request " + request + (isOver ? " no more" : "");
        }
    }

    record Tell(int request, Who who) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " says that the person concerned by request " + request + " was told";
        }
    }

    record Defer(int request, Who who, NoticeGround ground) implements OnRequest {
        @Override
        public String words() {
            return who.words() + " wants that the person concerned by request " + request + " is told later, for "
                    + ground;
        }
    }

    record LookUp(Who who) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " looks up where the account was seen";
        }
    }

    record Place(String hold, Opening opening, Who who) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " places hold " + hold + ", open for " + opening;
        }
    }

    record Tighten(String hold, Opening opening, Who who) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " tightens hold " + hold + ", so that it is open for " + opening;
        }
    }

    /**
     * @param next nothing for a lift
     * @param isOfThisVersion or it names another version of the hold than the one in force
     * @param approvable and {@code effective} in hours from now; it can take effect for a day after both
     */
    record Propose(
            int proposal,
            String hold,
            Optional<Opening> next,
            boolean isOfThisVersion,
            int approvable,
            Optional<Integer> effective,
            Who who,
            boolean saysWhy)
            implements WalkAct {
        @Override
        public String words() {
            return who.words() + " proposes (" + proposal + ") "
                    + next.map(opening -> "that hold " + hold + " is open for " + opening)
                            .orElse("to lift hold " + hold)
                    + (isOfThisVersion ? "" : ", of another version") + ", to be approved within " + approvable + " h"
                    + effective.map(hours -> ", from in " + hours + " h on").orElse("")
                    + (saysWhy ? "" : ", for the reason \".\"");
        }
    }

    record Answer(int proposal, Event.Attempt attempt, Who who, boolean saysWhy) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " answers proposal " + proposal + ": " + attempt
                    + (saysWhy ? "" : ", for the reason \".\"");
        }

        @Override
        public String name() {
            return "Answer " + attempt;
        }
    }

    /** What the gateway does by itself with a set of policies that somebody has laid into its directory. */
    record LayRulebook(Rules rules) implements WalkAct {
        @Override
        public String words() {
            return "the rulebook " + rules + " is laid into the directory";
        }
    }

    record ProposeRulebook(Rules rules, Who who) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " proposes the rulebook " + rules;
        }
    }

    record AgreeRulebook(Rules rules, Who who) implements WalkAct {
        @Override
        public String words() {
            return who.words() + " agrees to the rulebook " + rules;
        }
    }

    /** @param hours a negative number sets the clock back */
    record Wait(int hours) implements WalkAct {
        @Override
        public String words() {
            return "the clock goes " + hours + " h forward";
        }
    }

    /** What the gateway does by itself: what is due takes effect or ends, what was held is decided again, clocks are told of. */
    record Keep() implements WalkAct {
        @Override
        public String words() {
            return "the gateway looks after what is due";
        }
    }

    record Restart() implements WalkAct {
        @Override
        public String words() {
            return "the gateway is restarted";
        }
    }

    /** The rulebooks of a walk. */
    enum Rules {
        /** Two people approve; in force from the start. */
        TWO,
        /** Three do. */
        THREE
    }
}
