package io.holdfast.bag;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bouncy Castle for those of its classes that want a provider; made when it is needed, and registered nowhere. */
final class Provider {

    static final java.security.Provider BC = new BouncyCastleProvider();

    private Provider() {}
}
