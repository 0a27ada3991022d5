package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;

/** The claims of the entries about packages. */
final class PackageJson {

    private PackageJson() {}

    /** @return false if it is none of these, and nothing was added */
    static boolean add(Event event, ObjectNode json) {
        if (event instanceof PackageEvent.Made made) {
            json.set("categories", DecisionJson.codes(made.categories()));
            json.put("accounts", made.accounts());
            json.put("items", made.items());
            json.put("manifest", made.manifest().hex());
            made.recipient().ifPresent(fingerprint -> json.put("recipient", fingerprint.hex()));
            json.put("until", made.until().toString());
            json.put("downloads", made.downloads());
        } else if (event instanceof PackageEvent.DeliveredAgain again) {
            json.put("download", again.download());
        } else if (event instanceof PackageEvent.Received received) {
            json.put("by", received.by());
        } else if (event instanceof PackageEvent.Deleted deleted) {
            json.put("because", deleted.because().code());
        } else {
            return false;
        }
        return true;
    }

    static Event made(Claims json) {
        return new PackageEvent.Made(
                new HashSet<>(json.words("categories", DecisionJson::category)),
                json.count("accounts"),
                json.count("items"),
                json.hash("manifest"),
                json.has("recipient") ? Optional.of(json.hash("recipient")) : Optional.empty(),
                json.instant("until"),
                json.count("downloads"));
    }

    static Event deliveredAgain(Claims json) {
        return new PackageEvent.DeliveredAgain(json.count("download"));
    }

    static Event received(Claims json) {
        return new PackageEvent.Received(json.text("by"));
    }

    static Event deleted(Claims json) {
        return new PackageEvent.Deleted(json.word("because", PackageEvent.Because::parse));
    }
}
