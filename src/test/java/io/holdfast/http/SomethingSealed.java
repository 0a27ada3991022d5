package io.holdfast.http;

import io.holdfast.gate.Actor;
import io.holdfast.gate.Role;
import java.util.Optional;
import java.util.Set;

/** Puts an entry with a sealed part into a log that changes nothing, through the same door as everybody. */
public final class SomethingSealed {

    private SomethingSealed() {}

    public static void in(Gateway gateway) {
        gateway.parts()
                .holds()
                .changes()
                .proposeLift(
                        "no-such-hold",
                        Optional.empty(),
                        new Actor("legal-operator-1", Set.of(Role.LEGAL_OPERATOR)),
                        "A reason that is sealed.")
                .toCompletableFuture()
                .join();
    }
}
