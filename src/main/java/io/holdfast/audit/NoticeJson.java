package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.tlog.Hash;
import java.util.Optional;

/** The claims of the entries about telling the person concerned. */
final class NoticeJson {

    private NoticeJson() {}

    /** @return false if it is none of these, and nothing was added */
    static boolean add(Event event, ObjectNode json) {
        if (event instanceof NoticeEvent.Due due) {
            json.put("why", due.why().code());
            json.put("since", due.since().toString());
        } else if (event instanceof NoticeEvent.Given given) {
            json.put("means", given.means().code());
            json.put("told", given.told().toString());
            json.put("by", given.by());
        } else if (event instanceof NoticeEvent.DeferralProposed proposed) {
            deferral(proposed.deferral(), proposed.by(), json);
        } else if (event instanceof NoticeEvent.Deferred deferred) {
            deferral(deferred.deferral(), deferred.by(), json);
        } else if (event instanceof NoticeEvent.Lifted lifted) {
            lifted.evidence().ifPresent(digest -> json.put("evidence", digest.hex()));
            json.put("by", lifted.by());
        } else if (event instanceof NoticeEvent.Prevented prevented) {
            json.put("attempt", prevented.attempt().name());
            json.put("blocked", prevented.blocked().name());
        } else {
            return false;
        }
        return true;
    }

    private static void deferral(NoticeDeferral deferral, String by, ObjectNode json) {
        json.put("ground", deferral.ground().code());
        deferral.until().ifPresent(until -> json.put("until", until.toString()));
        json.put("review", deferral.review().toString());
        deferral.evidence().ifPresent(digest -> json.put("evidence", digest.hex()));
        json.put("by", by);
    }

    static Event read(EntryKind kind, Claims json) {
        if (kind == EntryKind.NOTICE_DUE) {
            return new NoticeEvent.Due(json.word("why", NoticeEvent.Why::parse), json.instant("since"));
        }
        if (kind == EntryKind.NOTICE_BLOCKED) {
            return new NoticeEvent.Prevented(
                    json.word("attempt", NoticeEvent.Attempt::valueOf), json.word("blocked", Event.Blocked::valueOf));
        }
        String by = json.text("by");
        if (kind == EntryKind.NOTICE_GIVEN) {
            return new NoticeEvent.Given(json.word("means", NoticeMeans::parse), json.instant("told"), by);
        }
        if (kind == EntryKind.NOTICE_DEFERRAL_LIFTED) {
            return new NoticeEvent.Lifted(evidence(json), by);
        }
        NoticeDeferral deferral = new NoticeDeferral(
                json.word("ground", NoticeGround::parse),
                json.optionalInstant("until"),
                json.instant("review"),
                evidence(json));
        return kind == EntryKind.NOTICE_DEFERRED
                ? new NoticeEvent.Deferred(deferral, by)
                : new NoticeEvent.DeferralProposed(deferral, by);
    }

    private static Optional<Hash> evidence(Claims json) {
        return json.has("evidence") ? Optional.of(json.hash("evidence")) : Optional.empty();
    }
}
