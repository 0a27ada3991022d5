package io.holdfast.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.CopyStep;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.Stored;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One event, as it is sent: always the same bytes for the same entry, less than a kilobyte.
 *
 * <pre>{"data":{"epoch":1,"index":7,"log":"...","outcome":"HELD","subject":"..."},"timestamp":"...","type":"request-decided"}</pre>
 */
final class Message {

    private static final Set<EntryKind> TOLD = EnumSet.of(
            EntryKind.REQUEST_DECIDED,
            EntryKind.APPROVAL_GIVEN,
            EntryKind.GRANT_ISSUED,
            EntryKind.ACCESSED,
            EntryKind.PASSED,
            EntryKind.PACKAGE_MADE,
            EntryKind.DELIVERED,
            EntryKind.DELIVERED_AGAIN,
            EntryKind.DELIVERY_FAILED,
            EntryKind.PACKAGE_RECEIVED,
            EntryKind.PACKAGE_DELETED,
            EntryKind.CASE_SHREDDED,
            EntryKind.CLOCK_WARNED,
            EntryKind.CLOCK_BREACHED,
            EntryKind.CLOCK_STARTED,
            EntryKind.CLOCK_STOPPED,
            EntryKind.CLOCK_RESUMED,
            EntryKind.CLOCK_ENDED,
            EntryKind.PRESERVED,
            EntryKind.PRESERVATION_FAILED,
            EntryKind.PRESERVATION_EXTENDED,
            EntryKind.PRESERVATION_LINKED,
            EntryKind.PRESERVATION_ENDED,
            EntryKind.COPY_DROPPED,
            EntryKind.NOTICE_DUE,
            EntryKind.NOTICE_GIVEN,
            EntryKind.NOTICE_DEFERRAL_PROPOSED,
            EntryKind.NOTICE_DEFERRED,
            EntryKind.NOTICE_DEFERRAL_LIFTED,
            EntryKind.HOLD_PLACED,
            EntryKind.HOLD_TIGHTENED,
            EntryKind.HOLD_CHANGE_PROPOSED,
            EntryKind.HOLD_CHANGE_ENDED,
            EntryKind.HOLDS_CHANGED,
            EntryKind.RULEBOOK_PROPOSED,
            EntryKind.RULEBOOK_ACTIVATED);

    private final String id;
    private final byte[] body;

    private Message(String id, byte[] body) {
        this.id = id;
        this.body = body;
    }

    /** Nothing for an entry that nobody is told of. */
    static Optional<Message> of(Stored stored) {
        if (!TOLD.contains(stored.entry().kind())) {
            return Optional.empty();
        }
        Envelope envelope = stored.entry().envelope();
        ObjectNode json = CanonicalJson.object();
        json.put("type", stored.entry().kind().code());
        json.put("timestamp", envelope.at().toString());
        ObjectNode data = json.putObject("data");
        data.put("log", envelope.issuer());
        data.put("index", stored.index());
        data.put("subject", envelope.subject());
        data.put("epoch", envelope.epoch());
        add(stored.entry().event(), data);
        return Optional.of(new Message(envelope.id(), CanonicalJson.write(json)));
    }

    /** The closed words that make the event worth sending. */
    private static void add(Event event, ObjectNode data) {
        if (event instanceof Event.RequestDecided decided) {
            data.put("outcome", decided.decision().outcome().name());
        } else if (event instanceof Event.DeliveryFailed failed) {
            data.put("blocked", failed.blocked().name());
        } else if (event instanceof Event.ClockWarned clock) {
            data.put("clock", clock.clock().code());
            data.put("due", clock.due().toString());
        } else if (event instanceof Event.ClockBreached clock) {
            data.put("clock", clock.clock().code());
            data.put("due", clock.due().toString());
        } else if (event instanceof Event.ClockStepped stepped) {
            add(stepped.step(), data);
        } else if (event instanceof Event.CopyStepped stepped) {
            add(stepped.step(), data);
        } else if (event instanceof PackageEvent.Made made) {
            data.put("until", made.until().toString());
        } else if (event instanceof NoticeEvent.Due due) {
            data.put("why", due.why().code());
            data.put("since", due.since().toString());
        } else if (event instanceof Event.HoldChangeEnded ended) {
            data.put("outcome", ended.because().outcome());
        }
    }

    private static void add(CopyStep step, ObjectNode data) {
        if (step instanceof CopyStep.Preserved preserved) {
            data.put("until", preserved.until().toString());
        } else if (step instanceof CopyStep.Extended extended) {
            data.put("until", extended.until().toString());
        } else if (step instanceof CopyStep.Failed failed) {
            data.put("blocked", failed.blocked().name());
        } else if (step instanceof CopyStep.Linked linked) {
            data.put("request", linked.request());
        } else if (step instanceof CopyStep.Ended ended) {
            data.put("because", ended.because().name());
        }
    }

    private static void add(ClockStep step, ObjectNode data) {
        if (step instanceof ClockStep.Started started) {
            data.put("clock", started.clock().code());
        } else if (step instanceof ClockStep.Ended ended) {
            data.put("clock", ended.clock().code());
        } else if (step instanceof ClockStep.Stopped stopped) {
            data.put("stop", stopped.stop().code());
        } else if (step instanceof ClockStep.Resumed resumed) {
            data.put("stop", resumed.stop().code());
        }
    }

    /** That of the entry: the same however often it is sent, so that a receiver knows a repetition. */
    String id() {
        return id;
    }

    byte[] body() {
        return body.clone();
    }
}
