package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Action;
import io.holdfast.legal.Check;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Identifier;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims of each kind of entry, beside those of the envelope. */
final class EventJson {

    /** The only word that somebody who approves says of a duty. */
    private static final String CONFIRMED = "CONFIRMED";

    private EventJson() {}

    static void write(Event event, ObjectNode json) {
        if (event instanceof Event.Genesis genesis) {
            json.put("log-key", genesis.logKey());
            json.put("record-key", genesis.recordKey().x());
            if (!genesis.otherKeys().isEmpty()) {
                ArrayNode keys = json.putArray("keys");
                genesis.otherKeys().forEach(key -> KeyJson.write(key, keys.addObject()));
            }
            ArrayNode holds = json.putArray("holds");
            genesis.holds().forEach(hold -> holds.add(HoldJson.write(hold)));
            genesis.former().ifPresent(former -> {
                ObjectNode continues = json.putObject("continues");
                continues.put("origin", former.origin());
                continues.put("size", former.size());
                continues.put("root", former.root().hex());
            });
        } else if (event instanceof Event.HoldPlaced placed) {
            json.set("hold", HoldJson.write(placed.hold()));
        } else if (event instanceof Event.HoldTightened tightened) {
            json.set("hold", HoldJson.write(tightened.hold()));
        } else if (event instanceof Event.HoldChangeBlocked blocked) {
            blocked.hold().ifPresent(hold -> json.put("hold-id", hold));
            json.put("attempt", blocked.attempt().name());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.RequestDecided decided) {
            json.set("facts", FactsJson.write(decided.facts()));
            ObjectNode checks = json.putObject("checks");
            decided.checks().forEach((check, result) -> checks.put(check.code(), result.code()));
            json.put("registry", decided.registry());
            json.set("decision", DecisionJson.write(decided.decision()));
        } else if (event instanceof Event.ApprovalGiven given) {
            json.put("version", given.version().hex());
            json.put("by", given.by());
            if (!given.confirmed().isEmpty()) {
                ObjectNode checks = json.putObject("checks");
                given.confirmed().forEach(duty -> checks.put(duty.code(), CONFIRMED));
            }
        } else if (event instanceof Event.ApprovalBlocked blocked) {
            json.put("blocked", blocked.blocked().name());
            if (!blocked.unanswered().isEmpty()) {
                json.set(
                        "unanswered",
                        Claims.list(
                                blocked.unanswered().stream().map(Duty::code).toList()));
            }
        } else if (event instanceof Event.RequestReviewed reviewed) {
            json.put("version", reviewed.version().hex());
            json.put("by", reviewed.by());
            ReviewJson.write(reviewed.review(), json);
        } else if (event instanceof Event.ReviewBlocked blocked) {
            json.put("verdict", blocked.verdict().name());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.Accessed accessed) {
            json.put("action", accessed.action().code());
            json.set("categories", DecisionJson.codes(accessed.categories()));
            json.put("accounts", accessed.accounts());
            accessed.through().ifPresent(through -> json.put("through", through.name()));
        } else if (event instanceof Event.GrantIssued issued) {
            json.put("audience", issued.audience());
            json.put("until", issued.until().toString());
            json.set("categories", DecisionJson.codes(issued.categories()));
            json.put("accounts", issued.accounts());
            json.put("bound", issued.bound().hex());
        } else if (event instanceof Event.Passed passed) {
            json.put("items", passed.items());
            json.put("ended", passed.ended().name());
        } else if (event instanceof Event.GrantBlocked blocked) {
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.Delivered delivered) {
            json.set("categories", DecisionJson.codes(delivered.categories()));
            json.put("accounts", delivered.accounts());
            json.put("items", delivered.items());
            json.put("digest", delivered.digest().hex());
        } else if (event instanceof Event.DeliveryFailed failed) {
            json.put("blocked", failed.blocked().name());
        } else if (event instanceof Event.ClaimOpened opened) {
            json.put("claim", opened.claim());
            json.put("entry", opened.entry());
        } else if (event instanceof Event.ClaimOpeningBlocked blocked) {
            json.put("claim", blocked.claim());
            json.put("entry", blocked.entry());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.PseudonymLookedUp lookedUp) {
            json.put("identifier", lookedUp.identifier().code());
        } else if (event instanceof Event.PseudonymLookUpBlocked blocked) {
            json.put("identifier", blocked.identifier().code());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.ErasureProposed proposed) {
            json.put("reason", proposed.reason().code());
            json.put("by", proposed.by());
        } else if (event instanceof Event.CaseShredded shredded) {
            json.put("reason", shredded.reason().code());
            json.put("by", shredded.by());
        } else if (event instanceof Event.ErasureBlocked blocked) {
            json.put("reason", blocked.reason().code());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.ReportProposed proposed) {
            report(proposed.report(), json);
            json.put("by", proposed.by());
        } else if (event instanceof Event.ReportPublished published) {
            report(published.report(), json);
            json.put("by", published.by());
        } else if (event instanceof Event.ReportBlocked blocked) {
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.RulebookProposed proposed) {
            RulebookChangeJson.write(proposed.change(), json);
            json.put("by", proposed.by());
            proposed.recorded().ifPresent(recorded -> PreviewJson.write(recorded, json));
        } else if (event instanceof Event.RulebookActivated activated) {
            RulebookChangeJson.write(activated.change(), json);
            activated.by().ifPresent(by -> json.put("by", by));
        } else if (event instanceof Event.RulebookBlocked blocked) {
            json.put("next", blocked.next());
            json.put("blocked", blocked.blocked().name());
        } else if (event instanceof Event.KeyAdded added) {
            KeyJson.write(added.key(), json);
        } else if (event instanceof Event.KeyRetired retired) {
            json.put("purpose", retired.purpose().code());
            json.put("key-id", retired.keyId());
        } else if (event instanceof Event.CheckpointTimestamped stamped) {
            json.put("size", stamped.size());
            json.put("root", stamped.root().hex());
            json.put("response", stamped.response().hex());
        } else if (event instanceof Event.ClockWarned warned) {
            clock(warned.clock(), warned.due(), json);
        } else if (event instanceof Event.ClockBreached breached) {
            clock(breached.clock(), breached.due(), json);
        } else if (!HoldChangeJson.add(event, json)
                && !ClockStepJson.add(event, json)
                && !CopyStepJson.add(event, json)
                && !PackageJson.add(event, json)
                && !NoticeJson.add(event, json)) {
            throw new IllegalStateException("no claims for " + event.kind());
        }
    }

    static Event read(EntryKind kind, Claims json, String rulebook, long epoch) {
        return switch (kind) {
            case GENESIS ->
                new Event.Genesis(
                        json.text("log-key"),
                        RecordKey.Public.parse(json.text("record-key")),
                        json.has("keys")
                                ? json.objects("keys").stream()
                                        .map(KeyJson::read)
                                        .toList()
                                : List.of(),
                        json.objects("holds").stream()
                                .map(HoldJson::readRecorded)
                                .toList(),
                        json.has("continues") ? Optional.of(former(json.object("continues"))) : Optional.empty());
            case HOLD_PLACED -> new Event.HoldPlaced(HoldJson.readRecorded(json.object("hold")));
            case HOLD_TIGHTENED -> new Event.HoldTightened(HoldJson.readRecorded(json.object("hold")));
            case HOLD_CHANGE_BLOCKED ->
                new Event.HoldChangeBlocked(
                        json.optionalText("hold-id"), json.word("attempt", Event.Attempt::valueOf), blocked(json));
            case HOLD_CHANGE_PROPOSED,
                    HOLD_CHANGE_APPROVED,
                    HOLD_CHANGE_OBJECTED,
                    HOLD_OBJECTION_WITHDRAWN,
                    HOLD_CHANGE_WITHDRAWN,
                    HOLD_CHANGE_ENDED,
                    HOLDS_CHANGED -> HoldChangeJson.read(kind, json);
            case REQUEST_DECIDED -> {
                Facts facts = FactsJson.read(json.object("facts"));
                yield new Event.RequestDecided(
                        facts,
                        checks(json.object("checks")),
                        json.text("registry"),
                        DecisionJson.read(json.object("decision"), rulebook, epoch));
            }
            case APPROVAL_GIVEN -> new Event.ApprovalGiven(json.hash("version"), json.text("by"), confirmed(json));
            case APPROVAL_BLOCKED -> approvalBlocked(json);
            case REQUEST_REVIEWED ->
                new Event.RequestReviewed(json.hash("version"), json.text("by"), ReviewJson.read(json));
            case REVIEW_BLOCKED -> new Event.ReviewBlocked(ReviewJson.verdict(json), blocked(json));
            case ACCESSED ->
                new Event.Accessed(
                        (Action) json.word("action", Dimension.ACTION.vocabulary()::term),
                        new HashSet<>(json.words("categories", DecisionJson::category)),
                        json.count("accounts"),
                        json.has("through")
                                ? Optional.of(json.word("through", Event.Through::valueOf))
                                : Optional.empty());
            case GRANT_ISSUED ->
                new Event.GrantIssued(
                        json.text("audience"),
                        json.instant("until"),
                        new HashSet<>(json.words("categories", DecisionJson::category)),
                        json.count("accounts"),
                        json.hash("bound"));
            case PASSED -> new Event.Passed(json.number("items"), json.word("ended", Event.PassageEnd::valueOf));
            case GRANT_BLOCKED -> new Event.GrantBlocked(blocked(json));
            case DELIVERED ->
                new Event.Delivered(
                        new HashSet<>(json.words("categories", DecisionJson::category)),
                        json.count("accounts"),
                        json.count("items"),
                        json.hash("digest"));
            case DELIVERY_FAILED -> new Event.DeliveryFailed(blocked(json));
            case PACKAGE_MADE -> PackageJson.made(json);
            case DELIVERED_AGAIN -> PackageJson.deliveredAgain(json);
            case PACKAGE_RECEIVED -> PackageJson.received(json);
            case PACKAGE_DELETED -> PackageJson.deleted(json);
            case CLAIM_OPENED -> new Event.ClaimOpened(json.text("claim"), json.number("entry"));
            case CLAIM_OPENING_BLOCKED ->
                new Event.ClaimOpeningBlocked(json.text("claim"), json.number("entry"), blocked(json));
            case PSEUDONYM_LOOKED_UP -> new Event.PseudonymLookedUp(identifier(json));
            case PSEUDONYM_LOOK_UP_BLOCKED -> new Event.PseudonymLookUpBlocked(identifier(json), blocked(json));
            case ERASURE_PROPOSED -> new Event.ErasureProposed(erasureReason(json), json.text("by"));
            case CASE_SHREDDED -> new Event.CaseShredded(erasureReason(json), json.text("by"));
            case ERASURE_BLOCKED -> new Event.ErasureBlocked(erasureReason(json), blocked(json));
            case REPORT_PROPOSED -> new Event.ReportProposed(report(json), json.text("by"));
            case REPORT_PUBLISHED -> new Event.ReportPublished(report(json), json.text("by"));
            case REPORT_BLOCKED -> new Event.ReportBlocked(blocked(json));
            case RULEBOOK_PROPOSED ->
                new Event.RulebookProposed(
                        RulebookChangeJson.read(json),
                        json.text("by"),
                        PreviewJson.isThere(json) ? Optional.of(PreviewJson.recorded(json)) : Optional.empty());
            case RULEBOOK_ACTIVATED ->
                new Event.RulebookActivated(RulebookChangeJson.read(json), json.optionalText("by"));
            case RULEBOOK_BLOCKED -> new Event.RulebookBlocked(json.hash("next").hex(), blocked(json));
            case KEY_ADDED -> new Event.KeyAdded(KeyJson.read(json));
            case KEY_RETIRED -> new Event.KeyRetired(KeyJson.purpose(json), json.text("key-id"));
            case CHECKPOINT_TIMESTAMPED ->
                new Event.CheckpointTimestamped(json.number("size"), json.hash("root"), json.hash("response"));
            case CLOCK_WARNED -> new Event.ClockWarned(clock(json), json.instant("due"));
            case CLOCK_BREACHED -> new Event.ClockBreached(clock(json), json.instant("due"));
            case CLOCK_STARTED -> ClockStepJson.read(ClockStep.Kind.START, json);
            case CLOCK_STOPPED -> ClockStepJson.read(ClockStep.Kind.STOP, json);
            case CLOCK_RESUMED -> ClockStepJson.read(ClockStep.Kind.RESUME, json);
            case CLOCK_ENDED -> ClockStepJson.read(ClockStep.Kind.END, json);
            case CLOCK_STEP_BLOCKED -> ClockStepJson.readBlocked(json);
            case PRESERVED -> CopyStepJson.preserved(json);
            case PRESERVATION_FAILED -> CopyStepJson.failed(json);
            case PRESERVATION_EXTENDED -> CopyStepJson.extended(json);
            case PRESERVATION_LINKED -> CopyStepJson.linked(json);
            case PRESERVATION_ENDED -> CopyStepJson.ended(json);
            case COPY_DROPPED -> CopyStepJson.dropped(json);
            case PRESERVATION_BLOCKED -> CopyStepJson.blocked(json);
            case NOTICE_DUE,
                    NOTICE_GIVEN,
                    NOTICE_DEFERRAL_PROPOSED,
                    NOTICE_DEFERRED,
                    NOTICE_DEFERRAL_LIFTED,
                    NOTICE_BLOCKED -> NoticeJson.read(kind, json);
        };
    }

    private static void report(ReportedPeriod report, ObjectNode json) {
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        json.put("entries", report.entries());
        json.put("digest", report.digest().hex());
    }

    private static ReportedPeriod report(Claims json) {
        return new ReportedPeriod(
                json.instant("from"), json.instant("to"), json.number("entries"), json.hash("digest"));
    }

    private static void clock(ClockName clock, Instant due, ObjectNode json) {
        json.put("clock", clock.code());
        json.put("due", due.toString());
    }

    private static ClockName clock(Claims json) {
        return json.word("clock", ClockName::parse);
    }

    private static FormerLog former(Claims json) {
        return new FormerLog(json.text("origin"), json.number("size"), json.hash("root"));
    }

    private static Set<Duty> confirmed(Claims json) {
        Set<Duty> confirmed = EnumSet.noneOf(Duty.class);
        if (json.has("checks")) {
            Claims checks = json.object("checks");
            for (String name : checks.names()) {
                checks.word(name, text -> Words.parse(new String[] {CONFIRMED}, word -> word, text));
                confirmed.add(duty(checks, name));
            }
        }
        return confirmed;
    }

    private static Duty duty(Claims json, String code) {
        try {
            return Words.parse(Duty.values(), Duty::code, code);
        } catch (IllegalArgumentException e) {
            throw json.wrong("each of it", "a known duty");
        }
    }

    private static Event.ApprovalBlocked approvalBlocked(Claims json) {
        Set<Duty> unanswered = json.has("unanswered")
                ? new HashSet<>(json.words("unanswered", text -> Words.parse(Duty.values(), Duty::code, text)))
                : Set.of();
        try {
            return new Event.ApprovalBlocked(blocked(json), unanswered);
        } catch (IllegalArgumentException e) {
            throw json.wrong("unanswered", "there for UNANSWERED, and for nothing else");
        }
    }

    private static Event.Blocked blocked(Claims json) {
        return json.word("blocked", Event.Blocked::valueOf);
    }

    private static Identifier.Type identifier(Claims json) {
        return json.word("identifier", Identifier.Type::parse);
    }

    private static ErasureReason erasureReason(Claims json) {
        return json.word("reason", ErasureReason::parse);
    }

    private static Map<Check, Check.Result> checks(Claims json) {
        Map<Check, Check.Result> checks = new EnumMap<>(Check.class);
        for (String name : json.names()) {
            try {
                checks.put(
                        Words.parse(Check.values(), Check::code, name),
                        json.word(name, text -> Words.parse(Check.Result.values(), Check.Result::code, text)));
            } catch (IllegalArgumentException e) {
                throw new UnreadableException("checks: unknown check");
            }
        }
        return checks;
    }
}
