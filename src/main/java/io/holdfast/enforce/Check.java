package io.holdfast.enforce;

import io.holdfast.audit.Event;
import io.holdfast.audit.UnreadableException;
import io.holdfast.gate.GrantUse;
import io.holdfast.gate.Grants;
import io.holdfast.grant.Asked;
import io.holdfast.grant.GrantToken;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Request;
import io.holdfast.policy.Route;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Whether a call may go on to the store: what every way to stand in front of it asks. It may if a route says what the store gives
 * there, and a grant covers all of that; or if it is none of those that need a grant. The answer always comes, and in time; whatever fails is a no. Safe for many threads.
 */
public final class Check {

    private final Optional<Grants> grants;
    private final List<Route> routes;
    private final OrdinaryCalls ordinary;
    private final Duration patience;

    /** Where every call is for law enforcement. */
    public Check(Optional<Grants> grants, List<Route> routes, Duration patience) {
        this(grants, routes, OrdinaryCalls.NONE, patience);
    }

    /**
     * @param grants nothing if the gateway is out of service: then nothing is let through
     * @param ordinary which calls need no grant
     * @param patience how long the log may take
     */
    public Check(Optional<Grants> grants, List<Route> routes, OrdinaryCalls ordinary, Duration patience) {
        this.grants = grants;
        this.routes = List.copyOf(routes);
        this.ordinary = ordinary;
        this.patience = patience;
    }

    /** Never completes exceptionally. */
    public CompletionStage<Answer> of(GuardedCall call) {
        return of(call, patience);
    }

    /**
     * The same for whoever waits so long only. Never completes exceptionally.
     *
     * @param atMost when it is less than the gateway's own patience, it counts
     */
    CompletionStage<Answer> of(GuardedCall call, Duration atMost) {
        try {
            if (isOrdinary(call)) {
                return CompletableFuture.completedFuture(Answer.ORDINARY);
            }
            Read read = read(call);
            return read.denial().isPresent()
                    ? CompletableFuture.completedFuture(
                            Answer.denied(read.denial().get()))
                    : use(call, read.asked().orElseThrow(), atMost.compareTo(patience) < 0 ? atMost : patience);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Answer.denied(Denial.OUT_OF_SERVICE));
        }
    }

    /** The same for the gateway's own proxy, which gives no more of an answer than the grant has. Never completes exceptionally. */
    CompletionStage<Admission> admit(GuardedCall call) {
        try {
            if (isOrdinary(call)) {
                return CompletableFuture.completedFuture(Admission.ORDINARY);
            }
            Read read = read(call);
            if (read.denial().isPresent()) {
                return CompletableFuture.completedFuture(
                        Admission.denied(read.denial().get()));
            }
            Route route = read.route().orElseThrow();
            return route.fields().isEmpty()
                    ? CompletableFuture.completedFuture(Admission.denied(Denial.NO_FIELDS))
                    : admit(call.grants().get(0), read.asked().orElseThrow(), route);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Admission.denied(Denial.OUT_OF_SERVICE));
        }
    }

    /** No entry is written for it, so the log may hang; but a gateway that decides nothing does not decide this, either. */
    private boolean isOrdinary(GuardedCall call) {
        return grants.isPresent() && ordinary.take(call);
    }

    private CompletionStage<Admission> admit(String grant, Asked asked, Route route) {
        Set<DataCategory> wanted = narrowed(grant, route);
        Asked narrowed = new Asked(
                asked.holder(),
                asked.accounts(),
                wanted.stream().map(DataCategory::code).collect(Collectors.toSet()),
                asked.period());
        Grants through = grants.orElseThrow();
        CompletableFuture<Admission> told = new CompletableFuture<>();
        told.completeOnTimeout(Admission.denied(Denial.TIME_OVER), patience.toMillis(), TimeUnit.MILLISECONDS);
        through.use(grant, narrowed, Event.Through.PROXY).whenComplete((use, failure) -> {
            Optional<Passage> passage = use instanceof GrantUse.LetThrough let
                    ? Optional.of(new Passage(through, let, route.fields(), wanted))
                    : Optional.empty();
            boolean isInTime = told.complete(
                    failure != null ? Admission.denied(Denial.OUT_OF_SERVICE) : new Admission(answer(use), passage));
            if (!isInTime) {
                passage.ifPresent(late -> late.ended(0, Event.PassageEnd.CUT_OFF));
            }
        });
        return told;
    }

    /** What the route has and the grant too, as the grant says; what it says is looked at when it is used. */
    private static Set<DataCategory> narrowed(String grant, Route route) {
        Set<DataCategory> all = EnumSet.noneOf(DataCategory.class);
        route.fields().forEach(field -> all.add(field.category()));
        Set<DataCategory> granted = EnumSet.copyOf(all);
        try {
            Set<String> codes = GrantToken.parse(grant).grant().scope().categories();
            granted.removeIf(category -> !codes.contains(category.code()));
        } catch (UnreadableException e) {
            return all; // and it is refused
        }
        return granted.isEmpty() ? all : granted;
    }

    private CompletionStage<Answer> use(GuardedCall call, Asked asked, Duration wait) {
        return grants.orElseThrow()
                .use(call.grants().get(0), asked, Event.Through.CHECK)
                .thenApply(Check::answer)
                .exceptionally(failure -> Answer.denied(Denial.OUT_OF_SERVICE))
                .toCompletableFuture()
                // A copy: what comes later must not be told to anybody.
                .copy()
                .completeOnTimeout(Answer.denied(Denial.TIME_OVER), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Answer answer(GrantUse use) {
        return new Answer(use instanceof GrantUse.LetThrough, use.code());
    }

    /** What a call asks for; or why nobody can tell. */
    private record Read(Optional<Asked> asked, Optional<Route> route, Optional<Denial> denial) {

        static Read no(Denial why) {
            return new Read(Optional.empty(), Optional.empty(), Optional.of(why));
        }
    }

    private Read read(GuardedCall call) {
        if (grants.isEmpty()) {
            return Read.no(Denial.OUT_OF_SERVICE);
        }
        if (call.method().size() != 1 || call.target().size() != 1) {
            return Read.no(Denial.NO_CALL);
        }
        if (call.grants().size() != 1) {
            return Read.no(Denial.NO_GRANT);
        }
        Optional<CallTarget> target = CallTarget.parse(call.target().get(0));
        if (target.isEmpty()) {
            return Read.no(Denial.AMBIGUOUS);
        }
        Optional<Route> route = routes.stream()
                .filter(one -> one.matches(call.method().get(0), target.get().path()))
                .findFirst();
        return route.isEmpty() ? Read.no(Denial.NO_ROUTE) : read(call, target.get(), route.get());
    }

    private static Read read(GuardedCall call, CallTarget target, Route route) {
        Set<String> known = new HashSet<>(route.also());
        if (!route.account().isInPath()) {
            known.add(route.account().place());
        }
        route.period().ifPresent(at -> known.addAll(List.of(at.from(), at.to())));
        if (!known.containsAll(target.query().keySet())) {
            return Read.no(Denial.OTHER_PARAMETER);
        }
        Optional<String> account = Optional.ofNullable(
                route.account().isInPath()
                        ? route.segment(route.account().place(), target.path())
                        : target.query().get(route.account().place()));
        Optional<Asked.Period> period = route.period().flatMap(at -> period(at, target));
        if (account.filter(value -> !value.isBlank()).isEmpty()
                || period.isPresent() != route.period().isPresent()) {
            return Read.no(Denial.INCOMPLETE);
        }
        Optional<String> holder = Thumbprint.of(call.certificates());
        if (holder.isEmpty() && !call.certificates().isEmpty()) {
            return Read.no(Denial.BAD_CERTIFICATE);
        }
        Set<String> categories =
                route.categories().stream().map(DataCategory::code).collect(Collectors.toSet());
        Request.Target whose = new Request.Target(route.account().kind(), account.get());
        return new Read(
                Optional.of(new Asked(holder, Set.of(Grants.account(whose)), categories, period)),
                Optional.of(route),
                Optional.empty());
    }

    /** Instants in UTC, in the one spelling that they are printed in. */
    private static Optional<Asked.Period> period(Route.PeriodAt at, CallTarget target) {
        Optional<Instant> from = instant(target.query().get(at.from()));
        Optional<Instant> to = instant(target.query().get(at.to()));
        return from.flatMap(first -> to.filter(first::isBefore).map(last -> new Asked.Period(first, last)));
    }

    private static Optional<Instant> instant(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text))
                    .filter(instant -> instant.toString().equals(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
