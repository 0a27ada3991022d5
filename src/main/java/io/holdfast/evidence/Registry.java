package io.holdfast.evidence;

import io.holdfast.bag.RecipientCertificate;
import io.holdfast.legal.Authority;
import io.holdfast.note.Ed25519PublicKey;
import io.holdfast.tlog.MalformedException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The enrolled authorities and courts. */
public final class Registry {

    private final Map<String, Authority> authorities;
    private final Map<String, Ed25519PublicKey> keys;
    private final Map<String, RecipientCertificate> certificates;
    private final String digest;

    private Registry(Map<String, Authority> authorities, String digest) {
        this.authorities = Map.copyOf(authorities);
        this.keys = keys(authorities);
        this.certificates = certificates(authorities);
        this.digest = digest;
    }

    /**
     * @param digest names this state of the registry in the log, hex
     * @throws RuntimeException that names the authority, if nothing should be encrypted for its certificate
     */
    public static Registry of(List<Authority> authorities, String digest) {
        return new Registry(authorities.stream().collect(Collectors.toMap(Authority::id, Function.identity())), digest);
    }

    /** Read once: making a point of 32 bytes takes a third of the time that checking a signature does. */
    private static Map<String, Ed25519PublicKey> keys(Map<String, Authority> authorities) {
        Map<String, Ed25519PublicKey> keys = new HashMap<>();
        authorities.forEach((id, authority) -> authority.key().ifPresent(key -> {
            try {
                keys.put(id, Ed25519PublicKey.of(Base64.getUrlDecoder().decode(key)));
            } catch (IllegalArgumentException | MalformedException e) {
                // No key: whatever claims to be sealed by it fails.
            }
        }));
        return Map.copyOf(keys);
    }

    private static Map<String, RecipientCertificate> certificates(Map<String, Authority> authorities) {
        Map<String, RecipientCertificate> certificates = new HashMap<>();
        authorities.forEach((id, authority) -> authority
                .certificate()
                .ifPresent(pem -> certificates.put(id, RecipientCertificate.parse("authority " + id, pem))));
        return Map.copyOf(certificates);
    }

    public Optional<Authority> find(String id) {
        return Optional.ofNullable(authorities.get(id));
    }

    /** The key with which this authority seals; nothing if it enrolled none, or one that nothing can be checked with. */
    Optional<Ed25519PublicKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The certificate that packages for this authority are encrypted for. Whether it is of use at a time, it says itself. */
    public Optional<RecipientCertificate> certificate(String id) {
        return Optional.ofNullable(certificates.get(id));
    }

    public String digest() {
        return digest;
    }
}
