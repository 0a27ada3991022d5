package io.holdfast.cli;

import io.holdfast.audit.Anchors;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Whom to trust: keys and policy come from the person who checks, and never from what is checked. */
final class TrustOptions {

    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile("[^+\\s]+\\+[0-9a-f]{8}\\+\\S+");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = {
                "The log's verifier key, name+id+base64, or a file of such lines. Several are allowed.",
                "Get it from `holdfast key list`, and over another way than the log."
            })
    private List<String> keys = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = {
                "A tlog-policy instead of keys: logs, witnesses, and the quorum of witnesses that must have signed.",
                "It is yours, never one that came with the log."
            })
    private String policy;

    @Option(names = "--origin", paramLabel = "NAME", description = "The log's name, where another must not pass.")
    private String origin;

    /** @throws CommandFailure unless there is exactly one of keys and policy */
    Anchors anchors() {
        if (keys.isEmpty() == (policy == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "give --key or --policy: whom to trust is yours to say, and never the log's");
        }
        return policy == null
                ? Anchors.ofKeys(keys(), Optional.ofNullable(origin))
                : new Anchors(policy(), Optional.ofNullable(origin));
    }

    private TrustPolicy policy() {
        try {
            return TrustPolicy.parse(LocalFile.read(policy, TrustPolicy.MOST_BYTES));
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, policy + ": " + e.getMessage());
        }
    }

    private List<VerifierKey> keys() {
        List<VerifierKey> all = new ArrayList<>();
        for (String key : keys) {
            if (LOOKS_LIKE_A_KEY.matcher(key).matches()) {
                all.add(parse("--key", key, ExitCode.USAGE));
            } else {
                all.addAll(file(key));
            }
        }
        return all;
    }

    private static List<VerifierKey> file(String name) {
        List<VerifierKey> keys = new String(LocalFile.read(name, MOST_BYTES), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> parse(name, line.strip(), ExitCode.UNREACHABLE))
                .toList();
        if (keys.isEmpty()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, name + " holds no key");
        }
        return keys;
    }

    private static VerifierKey parse(String where, String line, int exitCode) {
        try {
            return VerifierKey.parse(line);
        } catch (MalformedException e) {
            throw new CommandFailure(exitCode, where + ": " + e.getMessage());
        }
    }
}
