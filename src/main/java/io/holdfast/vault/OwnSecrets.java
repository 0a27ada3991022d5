package io.holdfast.vault;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of the vault that belong to no case. They are random, not derived from a master key: so they outlive every
 * one of those, and a log goes on recognising what it knew.
 */
final class OwnSecrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyWrapping wrapping;
    private final Shelf shelf;

    OwnSecrets(KeyWrapping wrapping, Shelf shelf) {
        this.wrapping = wrapping;
        this.shelf = shelf;
    }

    /** The secret of this name, made now if there is none; of two processes that make one, both get the first. */
    byte[] getOrMake(String name, Instant now, Optional<byte[]> instead) {
        Optional<byte[]> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        byte[] secret = instead.orElseGet(OwnSecrets::random);
        shelf.add(new Shelf.Kept(name, now, wrapping.wrap(boundTo(name), secret)));
        return find(name).orElseThrow(() -> new IllegalStateException("the secret " + name + " was not kept"));
    }

    private Optional<byte[]> find(String name) {
        return shelf.secrets().stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst()
                .map(kept -> open(wrapping, kept));
    }

    static byte[] open(KeyWrapping wrapping, Shelf.Kept kept) {
        return wrapping.unwrapSecret(boundTo(kept.name()), kept.wrapped());
    }

    /** No case has a colon in its id. */
    static String boundTo(String name) {
        return "secret:" + name;
    }

    private static byte[] random() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }
}
