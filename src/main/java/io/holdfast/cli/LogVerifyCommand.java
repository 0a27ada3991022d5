package io.holdfast.cli;

import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.ProofVerifier;
import io.holdfast.tlog.ProofFile;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Checks a whole log, or the proof of one record, and tells everything that is wrong.",
            "Exits with 1 if anything is wrong: do not rely on this data. With 3 if it cannot be read."
        })
final class LogVerifyCommand implements Callable<Integer> {

    private static final int MOST_LEAF = 128 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "PLACE",
            description = "The folder of an export, the address of a gateway, or a .tlog-proof file.")
    private String place;

    @Option(
            names = "--leaf",
            paramLabel = "FILE",
            description = "The record that a proof is of, if the proof does not have it in it.")
    private String leaf;

    @Mixin
    private KeyOptions trusted;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        boolean isProof = !GatewayClient.isWeb(place) && Files.isRegularFile(LocalFile.path(place));
        if (leaf != null && !isProof) {
            throw new CommandFailure(ExitCode.USAGE, "--leaf goes with a .tlog-proof file, and PLACE is none");
        }
        Judgement judgement = isProof ? proof() : log();
        output.print(judgement.lines(), judgement.json());
        return judgement.exitCode();
    }

    private Judgement proof() {
        return Judgement.of(ProofVerifier.verify(
                LocalFile.read(place, ProofFile.MOST_BYTES),
                Optional.ofNullable(leaf).map(LogVerifyCommand::leaf),
                trusted.keys(),
                trusted.origin()));
    }

    /** An editor may have ended the line; a record has no line in it. */
    private static byte[] leaf(String file) {
        byte[] bytes = LocalFile.read(file, MOST_LEAF);
        boolean endsLine = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        return endsLine ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private Judgement log() {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            return Judgement.of(
                    LogVerifier.verify(LogPlace.open(place, token), trusted.keys(), trusted.origin(), progress));
        }
    }
}
