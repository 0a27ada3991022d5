package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The terms of a trust policy while it is put together, each checked against those before it. */
final class PolicyTerms {
    private final List<TrustPolicy.Log> logs = new ArrayList<>();
    private final List<TrustPolicy.Witness> witnesses = new ArrayList<>();
    private final List<TrustPolicy.Group> groups = new ArrayList<>();
    private final List<VerifierKey> keys = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private Optional<String> quorum = Optional.empty();

    void log(VerifierKey key, Optional<String> url) {
        if (key.type() == SignatureType.ED25519_COSIGNATURE) {
            throw new MalformedException(
                    "key of a log", "must be of type 0x01 or 0x06, not a witness's 0x04", key.toString());
        }
        checkNew(key);
        logs.add(new TrustPolicy.Log(key, url));
    }

    void witness(String name, VerifierKey key, Optional<String> url) {
        if (!key.type().timestamped()) {
            throw new MalformedException(
                    "key of a witness", "must be of type 0x04 or 0x06, not a log's 0x01", key.toString());
        }
        define(name);
        checkNew(key);
        witnesses.add(new TrustPolicy.Witness(name, key, url));
    }

    /** {@code threshold} is "any", "all" or a number. */
    void group(String name, String threshold, List<String> of) {
        if (of.isEmpty()) {
            throw new MalformedException("group", "must have at least one member", name);
        }
        for (String member : of) {
            checkDefined("member of a group", member);
            // So that a witness adds to the quorum in one way only, and never twice.
            if (!members.add(member)) {
                throw new MalformedException("member of a group", "must not be listed twice", member);
            }
        }
        define(name);
        groups.add(new TrustPolicy.Group(name, threshold(threshold, of.size()), of));
    }

    void quorum(String name) {
        if (quorum.isPresent()) {
            throw new MalformedException("quorum", "must be stated once", name);
        }
        if (!name.equals(TrustPolicy.NO_QUORUM)) {
            checkDefined("quorum", name);
        }
        quorum = Optional.of(name);
    }

    List<TrustPolicy.Log> logs() {
        return logs;
    }

    TrustPolicy policy() {
        String stated = quorum.orElseThrow(() -> new MalformedException(
                "trust policy", "must state a quorum; \"quorum none\" asks for no witness", "no quorum line"));
        return new TrustPolicy(logs, witnesses, groups, stated);
    }

    /** One public key is one party: under two names it would count twice, and a log would be its own witness. */
    private void checkNew(VerifierKey key) {
        for (VerifierKey before : keys) {
            if (before.sameKeyAs(key)) {
                throw new MalformedException("key", "must be new, but is the key of " + before.label(), key.toString());
            }
            if (before.label().equals(key.label())) {
                throw new MalformedException("key", "must not share name and id with another", key.toString());
            }
        }
        keys.add(key);
    }

    private void define(String name) {
        if (name.equals(TrustPolicy.NO_QUORUM) || !defined.add(name)) {
            throw new MalformedException("name", "must be new, and not \"none\"", name);
        }
    }

    private void checkDefined(String what, String name) {
        if (!defined.contains(name)) {
            throw new MalformedException(what, "must be a witness or group of a line above", name);
        }
    }

    private static int threshold(String written, int members) {
        return switch (written) {
            case "any" -> 1;
            case "all" -> members;
            default -> PolicyFile.threshold(written, members);
        };
    }
}
