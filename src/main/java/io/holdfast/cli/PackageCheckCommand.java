package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Finding;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.PackageVerifier;
import io.holdfast.bag.PackageVerifier.Result;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Checks an opened package: that no file was changed, is missing or too many since the log committed to it.",
            "Asks nobody. The Check.java that lies in the package says the same without Holdfast.",
            "Exits with 1 if anything is wrong: do not rely on the package."
        })
final class PackageCheckCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PLACE", description = "The package, unzipped into a folder, or its ZIP.")
    private String place;

    @Mixin
    private PackageTrust trust;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        TrustPolicy policy = trust.policy();
        try (PackagePlace contents = PackagePlace.open(LocalFile.path(place))) {
            Result result =
                    PackageVerifier.verify(contents, policy, Clock.systemUTC().instant());
            output.print(lines(result), json(result));
            return result.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + place, e);
        }
    }

    private static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        result.findings().forEach(finding -> lines.add(finding.toString()));
        if (!result.holds()) {
            lines.add(Counted.of(result.findings().size(), "finding") + "; do not rely on this package");
            return lines;
        }
        Manifest manifest = result.manifest().orElseThrow();
        JudgedCheckpoint judged = result.checkpoint().orElseThrow();
        lines.addAll(new Table()
                .row(
                        "proven",
                        Counted.of(manifest.files().size(), "file") + " of the package for " + manifest.request())
                .row(
                        "by",
                        "entry " + result.index() + " of " + judged.checkpoint().origin())
                .row(
                        "log",
                        Counted.of(judged.checkpoint().size(), "entry", "entries") + ", root "
                                + judged.checkpoint().root().base64())
                .row("witnesses", judged.cosignatures().size())
                .row("receipt", manifest.receipt())
                .lines());
        return lines;
    }

    private static ObjectNode json(Result result) {
        ObjectNode json = Json.object().put("holds", result.holds());
        result.manifest()
                .ifPresent(manifest -> json.put("request", manifest.request())
                        .put("decision", manifest.decision())
                        .put("files", manifest.files().size())
                        .put("receipt", manifest.receipt().hex()));
        result.checkpoint().ifPresent(judged -> {
            json.put("origin", judged.checkpoint().origin())
                    .put("size", judged.checkpoint().size())
                    .put("root", judged.checkpoint().root().base64())
                    .put("index", result.index());
            json.set(
                    "witnesses",
                    Json.texts(judged.cosignatures().stream()
                            .map(cosignature -> cosignature.key().label().name())
                            .toList()));
        });
        json.set("findings", Json.list(result.findings(), PackageCheckCommand::json));
        return json;
    }

    private static ObjectNode json(Finding finding) {
        return Judgement.json(finding);
    }
}
