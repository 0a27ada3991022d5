package io.holdfast.evidence;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Check;
import io.holdfast.legal.Check.Result;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Request;
import io.holdfast.note.Ed25519PublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Examines requests for one platform company. Who the sender is comes from its enrolment, and what the instrument is worth
 * comes from the issuer's: the request's own words about either count for nothing.
 */
public final class Examiner {

    private final Registry registry;
    private final Jurisdiction provider;

    /** @param provider where the company is established that the requests are addressed to */
    public Examiner(Registry registry, Jurisdiction provider) {
        this.registry = registry;
        this.provider = provider;
    }

    public Registry registry() {
        return registry;
    }

    /** @param sender the enrolled authority that the caller has proved to act for */
    public Examination examine(Request request, Authority sender) {
        Optional<Authority> issuer = registry.find(request.issuedBy());
        Map<Check, Result> checks = new EnumMap<>(Check.class);
        checks.put(Check.SENDER_ENROLLED, sender(request, sender));
        checks.put(Check.ISSUER_ENROLLED, issuer(request, sender, issuer));
        Optional<String> text = request.document().seal();
        Optional<Seal> seal = text.flatMap(Seal::parse);
        if (text.isPresent()) {
            checks.put(Check.DOCUMENT_SEALED, sealed(seal, issuer));
            checks.put(
                    Check.SEAL_MATCHES, passedIf(seal.isPresent() && seal.get().isAbout(request)));
        } else {
            checks.put(Check.DOCUMENT_SEALED, Result.NOT_POSSIBLE);
            checks.put(Check.SEAL_MATCHES, Result.NOT_POSSIBLE);
        }
        return new Examination(facts(request, sender, issuer, checks), checks);
    }

    private static Result sender(Request request, Authority sender) {
        if (sender.enrolment() != Authority.Enrolment.OUT_OF_BAND) {
            return Result.NOT_POSSIBLE; // a mailbox proves a mailbox
        }
        return passedIf(sender.sends().contains(request.instrument()));
    }

    private static Result issuer(Request request, Authority sender, Optional<Authority> issuer) {
        return issuer.map(it -> passedIf(it.jurisdiction() == sender.jurisdiction()
                        && it.issues().contains(request.instrument())))
                .orElse(Result.NOT_POSSIBLE);
    }

    /** @param seal nothing if the text that came as a seal is none */
    private Result sealed(Optional<Seal> seal, Optional<Authority> issuer) {
        if (issuer.flatMap(Authority::key).isEmpty()) {
            return Result.NOT_POSSIBLE;
        }
        Optional<Ed25519PublicKey> key = registry.key(issuer.get().id());
        return passedIf(seal.isPresent() && key.isPresent() && seal.get().isBy(key.get()));
    }

    private static Result passedIf(boolean passed) {
        return passed ? Result.PASSED : Result.FAILED;
    }

    private Facts facts(Request request, Authority sender, Optional<Authority> issuer, Map<Check, Result> checks) {
        // By statute, by offence or by unit: any one of them is enough, and a sender cannot talk it away.
        boolean nationalSecurity = request.nationalSecurity()
                || request.offences().contains(Offence.NATIONAL_SECURITY)
                || sender.nationalSecurityUnit()
                || issuer.map(Authority::nationalSecurityUnit).orElse(false);
        return new Facts(
                sender.jurisdiction(),
                request.users(),
                request.subjects(),
                provider,
                issuer.map(Authority::level).orElse(AuthorityLevel.UNKNOWN),
                request.instrument(),
                request.channel(),
                request.action(),
                request.categories(),
                request.offences(),
                request.emergency(),
                nationalSecurity ? NationalSecurity.INVOLVED : NationalSecurity.NOT_INVOLVED,
                assurance(checks.get(Check.SENDER_ENROLLED)),
                assurance(
                        checks.get(Check.ISSUER_ENROLLED),
                        checks.get(Check.DOCUMENT_SEALED),
                        checks.get(Check.SEAL_MATCHES)),
                request.nonDisclosure(),
                Optional.of(request.issuedAt()),
                Optional.of(request.expiresAt()),
                request.targets().size(),
                0);
    }

    /** The worst result decides: one failed check makes a forgery, one impossible check leaves it unverified. */
    private static Assurance assurance(Result... results) {
        Assurance assurance = Assurance.VERIFIED;
        for (Result result : results) {
            if (result == Result.FAILED) {
                return Assurance.FAILED;
            }
            if (result == Result.NOT_POSSIBLE) {
                assurance = Assurance.UNVERIFIED;
            }
        }
        return assurance;
    }
}
