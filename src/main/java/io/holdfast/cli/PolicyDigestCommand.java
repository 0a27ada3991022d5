package io.holdfast.cli;

import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "digest",
        description =
                "Prints the digest of a rulebook, and whether its lock fits. Writes the lock once a change was reviewed.")
final class PolicyDigestCommand implements Callable<Integer> {

    private static final String LOCK = "bundle.lock";

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(names = "--write", description = "Write bundle.lock. A gateway uses a rulebook only as it was locked.")
    private boolean write;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            PolicySet set = PolicyFolder.read(folder);
            byte[] lock = set.lock().getBytes(StandardCharsets.UTF_8);
            boolean isLocked = Arrays.equals(lock, set.files().get(LOCK));
            if (write && !isLocked) {
                write(lock);
            }
            String state = isLocked ? "fits" : write ? "was written" : "does not fit; see `holdfast policy check`";
            output.print(
                    new Table().row("set", set.digest()).row("lock", state).lines(),
                    Json.object().put("digest", set.digest()).put("locked", isLocked || write));
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    /** Whole or not at all: half a lock fits nothing. */
    private void write(byte[] lock) {
        Path unfinished = folder.resolve("." + LOCK + ".new");
        try {
            Files.write(unfinished, lock);
            Files.move(
                    unfinished,
                    folder.resolve(LOCK),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "cannot write " + folder.resolve(LOCK) + ": " + LocalFile.why(e));
        }
    }
}
