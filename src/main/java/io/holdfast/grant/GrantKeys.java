package io.holdfast.grant;

import io.holdfast.audit.RecordKey;
import io.holdfast.note.Ed25519PublicKey;

/** How the keys of grants are named: by their JWK thumbprint, RFC 7638. */
final class GrantKeys {

    private GrantKeys() {}

    static String id(Ed25519PublicKey key) {
        return new RecordKey.Public(key).id();
    }
}
