package io.holdfast.cli;

import io.holdfast.audit.LogArchive;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.ProofVerifier;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Verification;
import io.holdfast.note.TimestampAuthority;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            description = "An export, a folder or an archive; the address of a gateway; or a .tlog-proof file.")
    private String place;

    @Option(
            names = "--leaf",
            paramLabel = "FILE",
            description = "The record that a proof is of, if the proof does not have it in it.")
    private String leaf;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = {
                "A checkpoint that you kept when the log last held: the log must contain all that it did then.",
                "The signatures of those records are not checked again; all else is."
            })
    private String since;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "If the log holds, keep its checkpoint here for --since; an older one is replaced.")
    private Path save;

    @Option(
            names = "--newest-within",
            paramLabel = "TIME",
            description = {
                "How old the newest cosignature of a trusted witness may be, as in PT10M; without witnesses, the last entry.",
                "What that can tell is said in the answer."
            })
    private Duration newestWithin;

    @Option(
            names = "--no-record-signatures",
            description = "Do not check who signed each record: ten times as fast, and it proves that much less.")
    private boolean noRecordSignatures;

    @Option(
            names = "--timestamp-authority",
            paramLabel = "FILE",
            description = {
                "The certificate of the time-stamp authority that you believe, or of whoever vouches for it; PEM.",
                "Then every time-stamp that the log names must be right."
            })
    private String timestampAuthority;

    @Option(
            names = "--timestamp-policy",
            paramLabel = "OID",
            description = "The policy that the time-stamps must be under, such as 1.2.3.4.")
    private String timestampPolicy;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        boolean isProof = !GatewayClient.isWeb(place)
                && Files.isRegularFile(LocalFile.path(place))
                && !LogArchive.isOne(LocalFile.path(place));
        if (leaf != null && !isProof) {
            throw new CommandFailure(ExitCode.USAGE, "--leaf goes with a .tlog-proof file, and PLACE is none");
        }
        if (timestampPolicy != null && timestampAuthority == null) {
            throw new CommandFailure(ExitCode.USAGE, "--timestamp-policy goes with --timestamp-authority");
        }
        if (isProof && timestampAuthority != null) {
            throw new CommandFailure(ExitCode.USAGE, "--timestamp-authority goes with a log, and PLACE is a proof");
        }
        if (isProof && (since != null || save != null || newestWithin != null || noRecordSignatures)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--since, --save, --newest-within and --no-record-signatures go with a log, and PLACE is a proof");
        }
        Judgement judgement = isProof ? proof() : log();
        output.print(judgement.lines(), judgement.json());
        return judgement.exitCode();
    }

    private Judgement proof() {
        return Judgement.of(ProofVerifier.verify(
                LocalFile.read(place, ProofFile.MOST_BYTES),
                Optional.ofNullable(leaf).map(LogVerifyCommand::leaf),
                trust.anchors(),
                Clock.systemUTC().instant()));
    }

    /** An editor may have ended the line; a record has no line in it. */
    private static byte[] leaf(String file) {
        byte[] bytes = LocalFile.read(file, MOST_LEAF);
        boolean endsLine = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        return endsLine ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private Judgement log() {
        Scrutiny scrutiny = scrutiny();
        SteadyLog log = SteadyLog.readOnce(LogPlace.open(place, token));
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            Verification verification = LogVerifier.verify(log, trust.anchors(), scrutiny, progress);
            return save == null ? Judgement.of(verification) : saved(verification, log);
        }
    }

    private Scrutiny scrutiny() {
        Scrutiny scrutiny = Scrutiny.full(Clock.systemUTC().instant());
        if (noRecordSignatures) {
            scrutiny = scrutiny.withoutRecordSignatures();
        }
        if (since != null) {
            scrutiny = scrutiny.since(KeptCheckpoint.read(since));
        }
        if (timestampAuthority != null) {
            scrutiny = scrutiny.timestampsBy(authority());
        }
        return newestWithin == null ? scrutiny : scrutiny.newestWithin(newestWithin);
    }

    private TimestampAuthority authority() {
        try {
            return TimestampAuthority.of(
                    LocalFile.read(timestampAuthority, TimestampAuthority.MOST_BYTES),
                    Optional.ofNullable(timestampPolicy));
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, timestampAuthority + ": " + e.getMessage());
        }
    }

    /** Only what was checked in full is kept: the next check builds on it. */
    private Judgement saved(Verification verification, SteadyLog log) {
        Judgement judgement = Judgement.of(verification);
        List<String> lines = new ArrayList<>(judgement.lines());
        boolean isKept = verification.holds() && !noRecordSignatures;
        if (isKept) {
            KeptCheckpoint.write(save, log.checkpoint());
            lines.add("checkpoint kept in " + save);
        } else {
            lines.add("no checkpoint was kept: "
                    + (noRecordSignatures ? "the next check could not build on this one" : "the log does not hold"));
        }
        return new Judgement(judgement.holds(), lines, judgement.json().put("saved", isKept));
    }
}
