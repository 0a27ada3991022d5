package io.holdfast.cli;

import io.holdfast.note.SignatureType;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Whom the receiver of a package trusts, in the words of {@code Check.java}, which lies in it; or as a policy. */
final class PackageTrust {

    @Option(
            names = "--log-key",
            paramLabel = "KEY",
            description = {
                "The log's verifier key, name+id+base64. Several are allowed.",
                "Get it from somewhere else than the package."
            })
    private List<String> logKeys = List.of();

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description = "The verifier key of a witness that must have signed too. Several are allowed.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "How many of the witnesses must have signed; all by default.")
    private Integer quorum;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A tlog-policy instead of keys. It is yours, never one that came with the package.")
    private String policy;

    TrustPolicy policy() {
        boolean hasKeys = !logKeys.isEmpty() || !witnesses.isEmpty() || quorum != null;
        if (hasKeys == (policy != null) || (hasKeys && logKeys.isEmpty())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "give --log-key or --policy: whom to trust is yours to say, and never the package's");
        }
        if (policy != null) {
            return parse(policy, ExitCode.UNREACHABLE, LocalFile.read(policy, TrustPolicy.MOST_BYTES));
        }
        int needed = quorum == null ? witnesses.size() : quorum;
        if (needed < 0 || needed > witnesses.size()) {
            throw new CommandFailure(ExitCode.USAGE, "--quorum must be 0 to the number of witnesses");
        }
        return parse("the keys", ExitCode.USAGE, text(needed).getBytes(StandardCharsets.UTF_8));
    }

    private String text(int needed) {
        String logs = logKeys.stream()
                .map(key -> "log " + key("--log-key", key) + "\n")
                .collect(Collectors.joining());
        String watched = IntStream.range(0, witnesses.size())
                .mapToObj(i -> "witness w" + i + " " + key("--witness", witnesses.get(i)) + "\n")
                .collect(Collectors.joining());
        if (needed == 0) {
            return logs + watched + "quorum " + TrustPolicy.NO_QUORUM + "\n";
        }
        String names =
                IntStream.range(0, witnesses.size()).mapToObj(i -> " w" + i).collect(Collectors.joining());
        return logs + watched + "group all-named " + needed + names + "\nquorum all-named\n";
    }

    private static VerifierKey key(String option, String text) {
        try {
            VerifierKey key = VerifierKey.parse(text);
            if (option.equals("--log-key") && key.type() == SignatureType.ED25519_COSIGNATURE) {
                throw new CommandFailure(ExitCode.USAGE, "--log-key: this is the key of a witness");
            }
            return key;
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }

    private static TrustPolicy parse(String what, int exitCode, byte[] text) {
        try {
            return TrustPolicy.parse(text);
        } catch (MalformedException e) {
            throw new CommandFailure(exitCode, what + ": " + e.getMessage());
        }
    }
}
