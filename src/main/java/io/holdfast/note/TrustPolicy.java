package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an auditor trusts: logs, witnesses, and the quorum of witnesses that a checkpoint must bear
 * (c2sp.org/tlog-policy). It comes from the one who checks, never from the one who is checked. Two are equal when they
 * print the same.
 *
 * <p>Names of witnesses and groups are bytes that mean nothing outside the policy. Here each byte is one character
 * (ISO 8859-1), so that two names are equal when their bytes are.
 */
public final class TrustPolicy {
    public static final int MOST_BYTES = 1 << 20;

    /** The quorum that needs no witness. */
    public static final String NO_QUORUM = "none";

    private final List<Log> logs;
    private final List<Witness> witnesses;
    private final List<Group> groups;
    private final String quorum;

    TrustPolicy(List<Log> logs, List<Witness> witnesses, List<Group> groups, String quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        this.groups = List.copyOf(groups);
        this.quorum = quorum;
    }

    /** A log: the name of its key is its origin. */
    public record Log(VerifierKey key, Optional<String> url) {}

    /** A witness: its name counts in this policy only, and its key goes under a name of its own. */
    public record Witness(String name, VerifierKey key, Optional<String> url) {}

    /** Has witnessed a checkpoint when at least this many of its members have. */
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /** Reads a policy file. Errors name the line. */
    public static TrustPolicy parse(byte[] bytes) {
        return PolicyFile.read(bytes);
    }

    /** Trust in these keys of logs, and no demand for witnesses. */
    public static TrustPolicy ofKeys(Collection<VerifierKey> keys) {
        PolicyTerms terms = new PolicyTerms();
        keys.stream().distinct().forEach(key -> terms.log(key, Optional.empty()));
        terms.quorum(NO_QUORUM);
        return terms.policy();
    }

    /** The same policy, which also trusts these keys of logs; those that it has already are left as they are. */
    public TrustPolicy withLogs(Collection<VerifierKey> keys) {
        PolicyTerms terms = new PolicyTerms();
        logs.forEach(log -> terms.log(log.key(), log.url()));
        Set<VerifierKey> known = logs.stream().map(Log::key).collect(Collectors.toSet());
        keys.stream().distinct().filter(key -> !known.contains(key)).forEach(key -> terms.log(key, Optional.empty()));
        witnesses.forEach(witness -> terms.witness(witness.name(), witness.key(), witness.url()));
        return new TrustPolicy(terms.logs(), witnesses, groups, quorum);
    }

    /**
     * Whether to believe a signed checkpoint, and on whose word. Throws {@link UntrustedException} when no log of this
     * policy signed it, or when a key of this policy did not make the signature that bears its label. A missing quorum
     * throws nothing: the answer says so.
     */
    public JudgedCheckpoint judge(SignedNote note, Instant now) {
        OpenedNote opened = new Opening("checkpoint", note).with(keys());
        Checkpoint checkpoint = Checkpoint.parse(opened.text());
        Set<VerifierKey> ofLogs = logs.stream().map(Log::key).collect(Collectors.toSet());
        List<VerifierKey> logKeys = opened.signedBy().stream()
                .filter(key -> ofLogs.contains(key) && key.label().name().equals(checkpoint.origin()))
                .toList();
        if (logKeys.isEmpty()) {
            throw new UntrustedException("checkpoint of the log " + MalformedException.printable(checkpoint.origin())
                    + " is not signed by a key of that log; does the policy list the log under this origin?");
        }
        List<Cosignature> counted = new ArrayList<>();
        List<Cosignature> passedOver = new ArrayList<>();
        for (Cosignature cosignature : opened.cosignatures()) {
            if (!ofLogs.contains(cosignature.key())) {
                (cosignature.counts(now) ? counted : passedOver).add(cosignature);
            }
        }
        return new JudgedCheckpoint(checkpoint, logKeys, counted, passedOver, holds(counted));
    }

    /** Whether these cosignatures are a quorum. Which checkpoint they are of is for the caller to know. */
    public boolean holds(Collection<Cosignature> cosignatures) {
        Set<VerifierKey> signed = cosignatures.stream().map(Cosignature::key).collect(Collectors.toSet());
        Set<String> witnessed = new HashSet<>(Set.of(NO_QUORUM));
        witnesses.stream()
                .filter(witness -> signed.contains(witness.key()))
                .forEach(witness -> witnessed.add(witness.name()));
        // A group names only what stands above it, so one pass from the top settles them all.
        for (Group group : groups) {
            if (group.members().stream().filter(witnessed::contains).count() >= group.threshold()) {
                witnessed.add(group.name());
            }
        }
        return witnessed.contains(quorum);
    }

    public List<Log> logs() {
        return logs;
    }

    public List<Witness> witnesses() {
        return witnesses;
    }

    public List<Group> groups() {
        return groups;
    }

    /** The name of the witness or group that must have witnessed a checkpoint, or {@link #NO_QUORUM}. */
    public String quorum() {
        return quorum;
    }

    public boolean needsWitnesses() {
        return !quorum.equals(NO_QUORUM);
    }

    /** All keys of logs and witnesses. */
    public List<VerifierKey> keys() {
        return Stream.concat(logs.stream().map(Log::key), witnesses.stream().map(Witness::key))
                .toList();
    }

    /** The policy as a file: one line for each log, witness and group, the quorum last, no comments. */
    public byte[] print() {
        return PolicyFile.print(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustPolicy that && Arrays.equals(print(), that.print());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(print());
    }

    @Override
    public String toString() {
        return new String(print(), StandardCharsets.UTF_8);
    }
}
