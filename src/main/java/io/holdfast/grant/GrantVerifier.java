package io.holdfast.grant;

import io.holdfast.audit.UnreadableException;
import io.holdfast.note.Ed25519PublicKey;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks grants in front of a store, without asking anybody: signature, time, audience, caller, scope, that the entry which
 * issued it is in a log that this store trusts, and that it is used once. Safe for many threads.
 *
 * <p>What it cannot know: a hold, or a stopped request, since the grant was issued. For that a grant lives for minutes, and the
 * gateway decides again when one is used there.
 */
public final class GrantVerifier {

    /** So much may the clock of the gateway be ahead. Behind it may not be at all: that only shortens a grant. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final TrustPolicy trusted;
    private final List<Ed25519PublicKey> keys;
    private final String audience;
    private final UsedGrants used;
    private final Instant since;

    /**
     * @param trusted the log's key, and the witnesses and the quorum that its checkpoints must bear, if any
     * @param keys the keys of grants that count
     * @param audience what this store is called in grants
     * @param since the start of whatever remembers those used. Nothing that was issued before is taken, nor in the 5 seconds after
     *     it: the gateway's clock may be that much ahead, and what looks issued after the start may have been used before it
     */
    public GrantVerifier(
            TrustPolicy trusted, List<Ed25519PublicKey> keys, String audience, UsedGrants used, Instant since) {
        this.trusted = trusted;
        this.keys = List.copyOf(keys);
        this.audience = audience;
        this.used = used;
        this.since = since;
    }

    /** The answer: a grant that covers what was asked for, or why nothing may be given. */
    public sealed interface Verdict {

        record Good(Grant grant) implements Verdict {}

        record Refused(Refusal because) implements Verdict {}
    }

    /** Checks it, and marks it as used if it is good. Never throws for what a stranger sent. */
    public Verdict use(String token, Asked asked, Instant now) {
        GrantToken read;
        try {
            read = GrantToken.parse(token);
        } catch (UnreadableException e) {
            return new Verdict.Refused(Refusal.MALFORMED);
        }
        Optional<Refusal> refusal = refusal(read, asked, now);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        return switch (used.mark(read.grant().id(), read.grant().until(), now)) {
            case FIRST -> new Verdict.Good(read.grant());
            case AGAIN -> new Verdict.Refused(Refusal.USED);
            case FULL -> new Verdict.Refused(Refusal.NOT_REMEMBERED);
        };
    }

    private Optional<Refusal> refusal(GrantToken token, Asked asked, Instant now) {
        Optional<Refusal> refusal = signature(token, keys);
        Grant grant = token.grant();
        return refusal.or(() -> times(grant, now))
                .or(() -> grant.from().isBefore(since.plus(AHEAD)) ? Optional.of(Refusal.EXPIRED) : Optional.empty())
                .or(() -> addressed(grant, audience, asked))
                .or(() -> log(grant, now))
                .or(() -> asked.beyond(grant.scope()));
    }

    /** Why none of these keys has signed it, if none has. */
    public static Optional<Refusal> signature(GrantToken token, List<Ed25519PublicKey> keys) {
        List<Ed25519PublicKey> named = keys.stream()
                .filter(key -> GrantKeys.id(key).equals(token.keyId()))
                .toList();
        if (named.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_KEY);
        }
        return named.stream().anyMatch(token::isSignedBy) ? Optional.empty() : Optional.of(Refusal.BAD_SIGNATURE);
    }

    static Optional<Refusal> times(Grant grant, Instant now) {
        if (grant.isTooLong()) {
            return Optional.of(Refusal.TOO_LONG);
        }
        if (!now.isBefore(grant.until())) {
            return Optional.of(Refusal.EXPIRED);
        }
        return now.isBefore(grant.from().minus(AHEAD)) ? Optional.of(Refusal.NOT_YET) : Optional.empty();
    }

    /** Why it is not for this store, or not for whoever asks. */
    public static Optional<Refusal> addressed(Grant grant, String audience, Asked asked) {
        if (!grant.audience().equals(audience)) {
            return Optional.of(Refusal.OTHER_AUDIENCE);
        }
        return grant.holder().isPresent() && !grant.holder().equals(asked.holder())
                ? Optional.of(Refusal.OTHER_CALLER)
                : Optional.empty();
    }

    private Optional<Refusal> log(Grant grant, Instant now) {
        try {
            ProofFile proof = ProofFile.parse(grant.proof().getBytes(StandardCharsets.UTF_8));
            JudgedCheckpoint judged =
                    trusted.judge(SignedNote.parse(proof.checkpoint().getBytes(StandardCharsets.UTF_8)), now);
            if (!judged.checkpoint().origin().equals(grant.issuer())) {
                return Optional.of(Refusal.OTHER_LOG);
            }
            if (!judged.quorum()) {
                return Optional.of(Refusal.NO_QUORUM);
            }
            boolean isIncluded = IssuedEntry.leaf(grant)
                    .filter(leaf -> ProofCheck.includes(
                            Hash.leaf(leaf),
                            proof.index(),
                            judged.checkpoint().size(),
                            proof.hashes(),
                            judged.checkpoint().root()))
                    .isPresent();
            if (!isIncluded) {
                return Optional.of(Refusal.NOT_IN_THE_LOG);
            }
            return IssuedEntry.issued(grant) ? Optional.empty() : Optional.of(Refusal.OTHER_ENTRY);
        } catch (UntrustedException e) {
            return Optional.of(Refusal.NOT_TRUSTED);
        } catch (MalformedException e) {
            return Optional.of(Refusal.NOT_IN_THE_LOG);
        }
    }
}
