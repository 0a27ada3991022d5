package io.holdfast.app;

import io.holdfast.enforce.BearerTokens;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.http.CallerTokens;
import io.holdfast.http.Keyring;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Traffic;
import io.holdfast.policy.TrafficFile;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Which calls to a guarded address need no grant. What is said and cannot be had lets nothing through. */
@Startup
@Singleton
class TrafficWiring {

    private static final Logger LOG = Logger.getLogger(TrafficWiring.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String CALLERS = "holdfast.check.callers";
    private static final String KEYS = CALLERS + ".keys";
    private static final String RULE = "*".repeat(78);

    private final Optional<Traffic> traffic;
    private final Optional<OrdinaryCalls> ordinary;
    private Optional<IssuerKeysKeeper> keeper = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    TrafficWiring(
            Settings settings,
            MeterRegistry registry,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> ownAudiences) {
        this.traffic = traffic(settings.check());
        this.ordinary = traffic.flatMap(it -> ordinary(it, settings, ownAudiences.orElse(List.of())));
        trouble.ifPresent(why -> LOG.errorf("NOTHING IS LET THROUGH: %s", why));
        ordinary.ifPresent(it -> {
            announce(it);
            count(it, registry);
        });
    }

    private Optional<Traffic> traffic(Settings.Check chosen) {
        if (chosen.traffic().isEmpty()) {
            return Optional.of(Traffic.ALL_GUARDED);
        }
        try {
            return Optional.of(TrafficFile.read(chosen.traffic().get()));
        } catch (PolicyException e) {
            trouble = Optional.of("the rules of traffic are not valid:\n" + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<OrdinaryCalls> ordinary(Traffic rules, Settings settings, List<String> ownAudiences) {
        boolean isOverwritten = settings.check().clientCertOverwritten();
        if (rules.asksForCertificates() && !isOverwritten) {
            LOG.warn("rules of traffic ask for certificates, and holdfast.check.client-cert-overwritten is not set: "
                    + "they count where Envoy tells of them over gRPC, and nowhere else");
        }
        if (!rules.asksForTokens()) {
            return Optional.of(new OrdinaryCalls(rules, BearerTokens.NOBODYS, isOverwritten));
        }
        Settings.Callers callers = settings.check().callers();
        if (callers.issuer().isEmpty()
                || callers.keys().isEmpty()
                || callers.audience().isEmpty()) {
            return none("rules of traffic ask for tokens: set " + CALLERS + ".issuer, .keys and .audience");
        }
        if (ownAudiences.contains(callers.audience().get())) {
            return none(
                    CALLERS + ".audience is an audience of the gateway itself; who may call the gateway must not by "
                            + "that be let through to the store");
        }
        Keyring keyring = new Keyring(Clock.systemUTC());
        IssuerKeysKeeper reading = new IssuerKeysKeeper(
                "tokens of those who call the store",
                IssuerKeysSource.at(KEYS, callers.keys().get(), LIMIT),
                keyring,
                settings.tokens(),
                Clock.systemUTC());
        reading.start();
        keeper = Optional.of(reading);
        Development development =
                new Development(false, settings.data(), callers.issuer(), callers.keys(), "", settings.database());
        if (!settings.development() && development.isTrusted(keyring.keys())) {
            stop();
            return none(
                    KEYS + " are those of the development issuer, and this gateway was not started with --development");
        }
        CallerTokens tokens = new CallerTokens(
                keyring, callers.issuer().get(), callers.audience().get(), Clock.systemUTC());
        return Optional.of(new OrdinaryCalls(rules, tokens::claims, isOverwritten));
    }

    private Optional<OrdinaryCalls> none(String why) {
        trouble = Optional.of(why);
        return Optional.empty();
    }

    private static void announce(OrdinaryCalls calls) {
        if (!calls.ids().isEmpty()) {
            LOG.warn(RULE);
            LOG.warnf(
                    "NOT EVERYTHING IS GUARDED. By %d rule(s), calls pass without a grant and without an entry: %s",
                    calls.ids().size(), String.join(", ", calls.ids()));
            LOG.warn(RULE);
        }
    }

    private static void count(OrdinaryCalls calls, MeterRegistry registry) {
        for (String id : calls.ids()) {
            FunctionCounter.builder("holdfast.traffic.ordinary", calls, it -> it.count(id))
                    .description("Calls that passed without a grant, by the rule that says that they may")
                    .tag("rule", id)
                    .register(registry);
        }
    }

    /** Nothing if nobody can say, so that nothing may pass. */
    Optional<OrdinaryCalls> ordinary() {
        return ordinary;
    }

    /** How many rules make calls ordinary, and how many guarded; as far as they can be read. */
    Optional<Traffic> traffic() {
        return traffic;
    }

    /** Why calls that should be ordinary are not. */
    Optional<String> trouble() {
        return trouble.isPresent() ? trouble : keeper.flatMap(IssuerKeysKeeper::trouble);
    }

    @PreDestroy
    void stop() {
        keeper.ifPresent(IssuerKeysKeeper::close);
    }
}
