package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.LogArchive;
import io.holdfast.audit.OpenedClaims;
import io.holdfast.audit.ProofVerification;
import io.holdfast.audit.ProofVerifier;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "disclosure",
        description = {
            "Checks that an opened claim is one that an entry of the log sealed, and shows it.",
            "Exits with 1 if it is not, or if the log does not prove the entry: then nothing is shown."
        })
final class LogDisclosureCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = {
                "The disclosure as the gateway gave it, or an SD-JWT as `holdfast audit open --to` writes it;",
                "'-' reads standard input."
            })
    private String file;

    @Parameters(
            index = "1",
            paramLabel = "PLACE",
            description = {
                "A .tlog-proof file of the entry, with the entry in it or in FILE; or a log and --entry:",
                "an export, a folder or an archive, or the address of a gateway."
            })
    private String place;

    @Option(names = "--entry", paramLabel = "INDEX", description = "Which entry of a log, counted from 0.")
    private Long index;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        OpenedClaims claims = OpenedClaims.parse(text());
        byte[] proof = proof();
        Optional<byte[]> given = claims.entry().map(leaf -> leaf.bytes());
        ProofVerification proven = ProofVerifier.verify(
                proof, given, trust.anchors(), Clock.systemUTC().instant());
        Judgement judgement = Judgement.of(proven);
        if (!proven.holds()) {
            output.print(judgement.lines(), judgement.json());
            return ExitCode.CHECK_FAILED;
        }
        Entry entry = proven.entry().orElseThrow();
        List<String> objections = OpenedClaims.objections(entry, claims.disclosures());
        ObjectNode json = judgement.json().put("holds", objections.isEmpty());
        json.set("objections", Json.texts(objections));
        if (!objections.isEmpty()) {
            List<String> lines = new ArrayList<>(objections);
            lines.add("entry " + proven.index() + " is proven, and this is no claim of it; do not rely on it");
            output.print(lines, json);
            return ExitCode.CHECK_FAILED;
        }
        output.print(shown(claims, proven, entry), json.set("claims", shown(claims)));
        return ExitCode.OK;
    }

    private static ObjectNode shown(OpenedClaims claims) {
        ObjectNode json = Json.object();
        claims.disclosures().forEach(disclosure -> json.set(disclosure.name(), disclosure.value()));
        return json;
    }

    private static List<String> shown(OpenedClaims claims, ProofVerification proven, Entry entry) {
        Table table = new Table()
                .row("sealed by", "entry " + proven.index() + " of " + proven.origin())
                .row("kind", entry.kind().code())
                .row("at", entry.envelope().at());
        claims.disclosures().forEach(disclosure -> table.row(disclosure.name(), ClaimView.text(disclosure.value())));
        return table.lines();
    }

    private byte[] proof() {
        boolean isProof = !GatewayClient.isWeb(place)
                && Files.isRegularFile(LocalFile.path(place))
                && !LogArchive.isOne(LocalFile.path(place));
        if (isProof == (index != null)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    isProof
                            ? "--entry goes with a log, and PLACE is a proof: it names its entry itself"
                            : "say with --entry which entry of the log sealed it");
        }
        return isProof
                ? LocalFile.read(place, ProofFile.MOST_BYTES)
                : new LogEntries(SteadyLog.of(LogPlace.open(place, token)))
                        .proof(index)
                        .print();
    }

    /** An editor may have ended the line. */
    private String text() {
        return new String(LocalFile.read(file, OpenedClaims.MOST_BYTES), StandardCharsets.US_ASCII)
                .replaceFirst("\r?\n\\z", "");
    }
}
