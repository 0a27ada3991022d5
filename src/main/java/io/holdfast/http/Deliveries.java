package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Receipt;
import io.holdfast.gate.Case;
import io.holdfast.gate.Delivery;
import io.holdfast.gate.PackageDesk;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the ends of a delivery are told. */
final class Deliveries {

    private Deliveries() {}

    static ObjectNode json(Delivery.Result.Packed packed) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        Receipt receipt = packed.receipt();
        json.put("request", receipt.stored().entry().envelope().subject());
        json.put("state", "PACKAGED");
        json.set("package", json(packed.current()));
        json.set("record", Views.record(receipt.stored()));
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    static ObjectNode json(PackageTrail.Current current) {
        PackageEvent.Made made = current.made();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        made.categories().stream().map(DataCategory::code).sorted().forEach(json.putArray("categories")::add);
        json.put("accounts", made.accounts());
        json.put("items", made.items());
        json.put("manifest", made.manifest().hex());
        made.recipient().ifPresent(fingerprint -> json.put("recipient", fingerprint.hex()));
        json.put("until", made.until().toString());
        json.put("downloads", current.downloads());
        json.put("downloads-left", Math.max(0, made.downloads() - current.downloads()));
        return json;
    }

    /** @param found the request as it was before */
    static ObjectNode json(Case found, Delivery.Result.Collecting collecting) {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("request", found.id());
        json.put("state", "ACCESSED");
        collecting.waitsFor().ifPresent(why -> json.put("waits-for", why.name()));
        return json;
    }

    /** @param found the request as it was before */
    static Problem problem(Delivery.Result result, Case found) {
        if (result instanceof Delivery.Result.NotReleased refused) {
            return notReleased(refused.decision(), refused.receipt());
        }
        if (result instanceof Delivery.Result.AlreadyDelivered) {
            return Problem.of(
                    "already-delivered",
                    409,
                    "It was handed over before.",
                    "The package was collected, and is deleted by now. A delivery is made once.");
        }
        if (result instanceof Delivery.Result.NothingToDeliver) {
            return Problem.of(
                    "nothing-to-deliver",
                    409,
                    "There is nothing to hand over.",
                    "What was released is not a disclosure.");
        }
        Delivery.Result.Failed failed = (Delivery.Result.Failed) result;
        return failed(failed.blocked(), failed.receipt(), found);
    }

    /** @param found the request as it was before */
    static Problem problem(PackageDesk.Result result, Case found) {
        if (result instanceof PackageDesk.Result.NotReleased refused) {
            return notReleased(refused.decision(), Optional.of(refused.receipt()));
        }
        if (result instanceof PackageDesk.Result.NoPackage) {
            return noPackage(found);
        }
        PackageDesk.Result.Failed failed = (PackageDesk.Result.Failed) result;
        return failed(failed.blocked(), failed.receipt(), found);
    }

    /** @param found the request as it was before */
    static Problem problem(PackageDesk.Received received, Case found) {
        if (received instanceof PackageDesk.Received.NoPackage) {
            return noPackage(found);
        }
        PackageDesk.Received.NotNoted not = (PackageDesk.Received.NotNoted) received;
        return failed(not.blocked(), not.receipt(), found);
    }

    /** Before the first byte: a hold that has just landed, or parts that are gone. An entry says that it was cut off. */
    static Problem brokenOff() {
        return Problem.of(
                "delivery-failed",
                502,
                "Nothing was handed over.",
                "It was cut off: what is in the package may not be released any more. Read the request, and ask again.");
    }

    private static Problem noPackage(Case found) {
        return found.isDelivered()
                ? Problem.of(
                        "already-delivered",
                        409,
                        "It was handed over before.",
                        "The package was received, or its time is over, and it is deleted.")
                : Problem.of(
                        "no-package",
                        409,
                        "There is no package to hand over.",
                        "Ask for it with POST /v1/requests/" + found.id() + "/delivery first.");
    }

    private static Problem failed(Event.Blocked why, Receipt receipt, Case found) {
        String record = "It is record " + receipt.stored().index() + ".";
        return switch (why) {
            case SHREDDED ->
                found.shredded()
                        .map(stored -> Erasures.shredded(stored, Optional.of(receipt)))
                        .orElseGet(() -> Problem.of(
                                "delivery-failed",
                                409,
                                "Nothing was handed over.",
                                "The case was shredded. " + record));
            case OBJECTED ->
                Problem.of(
                        "not-released",
                        403,
                        "Nothing is released for this request.",
                        "An objection or a ground for refusal stands on it. " + record);
            case NOTICE_NOT_GIVEN -> noticeNotGiven(receipt);
            case SERVED_UNDER_GRANTS ->
                Problem.of(
                        "already-delivered",
                        409,
                        "It was handed over before.",
                        "Data of it was let through under grants; what is left is asked for with grants, too. "
                                + record);
            case NOT_WITNESSED ->
                Problem.notWitnessed("Nothing was handed over. " + record
                        + " Try again later; the operator reads in /q/health/ready which witness is missing.");
            case NO_CERTIFICATE ->
                Problem.of(
                        "no-certificate",
                        409,
                        "There is no certificate to encrypt the package for.",
                        "Have the platform enrol a certificate of your authority that is valid now. Of a package that is"
                                + " there already it has to be the one that it was made for. " + record);
            case TOO_LATE, TOO_MANY ->
                Problem.of(
                        "already-delivered",
                        409,
                        "It was handed over before.",
                        (why == Event.Blocked.TOO_LATE
                                        ? "The time in which the package can be collected is over. "
                                        : "The package was collected as often as it can be, or was received. ")
                                + record);
            case OTHER_PACKAGE ->
                Problem.of(
                        "other-package",
                        409,
                        "This is not what is in the package.",
                        "Send the SHA-512 of its file manifest.json: sha512sum manifest.json. " + record);
            default ->
                Problem.of("delivery-failed", 502, "Nothing was handed over.", "The reason is " + why + ". " + record);
        };
    }

    /** @param receipt of the decision that says so, if there is a new one */
    static Problem notReleased(Decision decision, Optional<Receipt> receipt) {
        String record =
                receipt.map(it -> " It is record " + it.stored().index() + ".").orElse("");
        return Problem.of(
                "not-released",
                403,
                "Nothing is released for this request.",
                "Its decision is " + decision.outcome() + ", because of "
                        + decision.basis().reasons().get(0).code() + "." + record);
    }

    /** @param receipt of the entry that says so */
    static Problem noticeNotGiven(Receipt receipt) {
        return Problem.of(
                "notice-not-given",
                409,
                "The person concerned has to be told first.",
                "Nothing was read or handed over. It is record "
                        + receipt.stored().index()
                        + ". Try again once the platform has told them; if an order forbids it, send it to the platform's legal"
                        + " team.");
    }
}
