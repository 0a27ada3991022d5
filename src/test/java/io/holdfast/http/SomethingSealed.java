package io.holdfast.http;

/** Puts an entry with a sealed part into a log, through the same door as everybody. */
public final class SomethingSealed {

    private SomethingSealed() {}

    public static void in(Gateway gateway) {
        gateway.parts()
                .holds()
                .lift("hk-nsl-2020", "legal-operator-1", "A reason that is sealed.")
                .toCompletableFuture()
                .join();
    }
}
