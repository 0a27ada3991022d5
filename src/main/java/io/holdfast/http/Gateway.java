package io.holdfast.http;

import io.holdfast.audit.Ledger;
import io.holdfast.gate.ClockStepDesk;
import io.holdfast.gate.ErasureDesk;
import io.holdfast.gate.Fulfilment;
import io.holdfast.gate.Gate;
import io.holdfast.gate.Grants;
import io.holdfast.gate.HoldDesk;
import io.holdfast.gate.LookUps;
import io.holdfast.gate.NoticeDesk;
import io.holdfast.gate.NoticeWatch;
import io.holdfast.gate.PreservationDesk;
import io.holdfast.gate.ReportDesk;
import io.holdfast.gate.ReviewDesk;
import io.holdfast.gate.ReviewQueue;
import io.holdfast.gate.RulebookDesk;
import io.holdfast.gate.SealedClaims;
import io.holdfast.policy.Vocabulary;
import java.util.Optional;

/** What the adapters work with, or why there is nothing to work with: then every call is refused. */
public final class Gateway {

    /** @param origin the log's name */
    public record Parts(
            String origin,
            Ledger ledger,
            Gate gate,
            HoldDesk holds,
            ReviewDesk reviews,
            ReviewQueue queue,
            ClockStepDesk clockSteps,
            NoticeDesk notices,
            NoticeWatch noticeWatch,
            SealedClaims claims,
            LookUps lookUps,
            ErasureDesk erasures,
            ReportDesk reports,
            RulebookDesk rulebooks,
            Optional<Fulfilment> fulfilment,
            PreservationDesk preservations,
            Grants grants,
            PublishedLog published,
            Limits limits) {

        /** The words of the rulebook in force. */
        Vocabulary vocabulary() {
            return rulebooks.watch().inForce().vocabulary();
        }
    }

    /** @param entriesArePublic whether bundles of entries may be read without a role */
    public record Limits(int mostTargets, int mostDays, boolean entriesArePublic) {}

    private final Optional<Parts> parts;
    private final String trouble;

    private Gateway(Optional<Parts> parts, String trouble) {
        this.parts = parts;
        this.trouble = trouble;
    }

    public static Gateway of(Parts parts) {
        return new Gateway(Optional.of(parts), "");
    }

    /** @param because for the operator */
    public static Gateway outOfService(String because) {
        return new Gateway(Optional.empty(), because);
    }

    /** Why requests cannot be taken; empty if they can. For the operator, not for callers. */
    public Optional<String> trouble() {
        return parts.map(it -> it.ledger().trouble()).orElse(Optional.of(trouble));
    }

    /** How the witnesses are doing; nothing if there are none, or no log for them. */
    public Optional<Witnessing> witnessing() {
        return parts.flatMap(it -> it.published().witnessing());
    }

    Parts parts() {
        return parts.orElseThrow(() -> Problem.unavailable().exception());
    }
}
