package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Optional;

/** The claims of the entries about changes of holds that take two people. */
public final class HoldChangeJson {

    private HoldChangeJson() {}

    /** The changes as entries and the interface show them: each a lift, or the next or first version of a hold without its texts. */
    public static ArrayNode write(List<HoldChange> changes) {
        ArrayNode array = CanonicalJson.object().arrayNode();
        for (HoldChange change : changes) {
            ObjectNode json = array.addObject();
            if (change instanceof HoldChange.Replace replace) {
                json.put("change", "REPLACE");
                json.set("hold", HoldJson.write(replace.hold()));
            } else if (change instanceof HoldChange.Place place) {
                json.put("change", "PLACE");
                json.set("hold", HoldJson.write(place.hold()));
            } else {
                json.put("change", "LIFT");
                json.put("hold-id", change.holdId());
                json.put("version", change.version());
            }
            change.evidence().ifPresent(digest -> json.put("evidence", digest.hex()));
        }
        return array;
    }

    private static HoldChange change(Claims json) {
        Optional<Hash> evidence = json.has("evidence") ? Optional.of(json.hash("evidence")) : Optional.empty();
        return switch (json.text("change")) {
            case "LIFT" -> new HoldChange.Lift(json.text("hold-id"), json.count("version"), evidence);
            case "REPLACE" -> new HoldChange.Replace(HoldJson.readRecorded(json.object("hold")), evidence);
            case "PLACE" -> new HoldChange.Place(HoldJson.readRecorded(json.object("hold")));
            default -> throw json.wrong("change", "LIFT, REPLACE or PLACE");
        };
    }

    private static List<HoldChange> changes(Claims json) {
        return json.objects("changes").stream().map(HoldChangeJson::change).toList();
    }

    /** @return false if it is none of these, and nothing was added */
    static boolean add(Event event, ObjectNode json) {
        if (event instanceof Event.HoldChangeProposed proposed) {
            json.set("changes", write(proposed.changes()));
            json.put("approve-by", proposed.approveBy().toString());
            proposed.effective().ifPresent(at -> json.put("effective", at.toString()));
            json.put("effective-by", proposed.effectiveBy().toString());
            json.put("people", proposed.people());
            json.put("by", proposed.by());
            proposed.preview().ifPresent(preview -> PreviewJson.write(preview, json));
        } else if (event instanceof Event.HoldChangeApproved approved) {
            answer(approved.proposal(), approved.by(), json);
        } else if (event instanceof Event.HoldChangeObjected objected) {
            answer(objected.proposal(), objected.by(), json);
        } else if (event instanceof Event.HoldObjectionWithdrawn withdrawn) {
            answer(withdrawn.proposal(), withdrawn.by(), json);
        } else if (event instanceof Event.HoldChangeWithdrawn withdrawn) {
            answer(withdrawn.proposal(), withdrawn.by(), json);
        } else if (event instanceof Event.HoldChangeEnded ended) {
            json.put("proposal", ended.proposal().hex());
            json.put("ended", ended.because().outcome());
            json.put("because", ended.because().name());
        } else if (event instanceof Event.HoldsChanged changed) {
            json.put("proposal", changed.proposal().hex());
            json.set("changes", write(changed.changes()));
        } else {
            return false;
        }
        return true;
    }

    private static void answer(Hash proposal, String by, ObjectNode json) {
        json.put("proposal", proposal.hex());
        json.put("by", by);
    }

    static Event read(EntryKind kind, Claims json) {
        if (kind == EntryKind.HOLD_CHANGE_PROPOSED) {
            return new Event.HoldChangeProposed(
                    changes(json),
                    json.instant("approve-by"),
                    json.optionalInstant("effective"),
                    json.instant("effective-by"),
                    json.count("people"),
                    json.text("by"),
                    PreviewJson.isThere(json) ? Optional.of(PreviewJson.preview(json)) : Optional.empty());
        }
        Hash proposal = json.hash("proposal");
        if (kind == EntryKind.HOLDS_CHANGED) {
            return new Event.HoldsChanged(proposal, changes(json));
        }
        if (kind == EntryKind.HOLD_CHANGE_ENDED) {
            return new Event.HoldChangeEnded(proposal, json.word("because", Event.Ending::valueOf));
        }
        String by = json.text("by");
        if (kind == EntryKind.HOLD_CHANGE_APPROVED) {
            return new Event.HoldChangeApproved(proposal, by);
        }
        if (kind == EntryKind.HOLD_CHANGE_OBJECTED) {
            return new Event.HoldChangeObjected(proposal, by);
        }
        return kind == EntryKind.HOLD_OBJECTION_WITHDRAWN
                ? new Event.HoldObjectionWithdrawn(proposal, by)
                : new Event.HoldChangeWithdrawn(proposal, by);
    }
}
