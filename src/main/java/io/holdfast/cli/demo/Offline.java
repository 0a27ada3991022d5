package io.holdfast.cli.demo;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.Entry;
import io.holdfast.audit.ExportTarget;
import io.holdfast.audit.LogExport;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Replayed;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Verification;
import io.holdfast.report.LogHead;
import io.holdfast.report.Published;
import io.holdfast.report.ReportTable;
import io.holdfast.report.TransparencyReport;
import io.holdfast.tlog.Tile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The third act: the gateway has stopped, and an auditor who trusts nobody has an export and a key. */
final class Offline {

    private final DefaultStance.Exported exported;
    private final Clock clock;
    private final Story story;

    Offline(DefaultStance.Exported exported, Clock clock, Story story) {
        this.exported = exported;
        this.clock = clock;
        this.story = story;
    }

    /** Copies the log and the rulebooks it names, over HTTP. */
    static void export(Person auditor, Path folder) {
        Map<String, SortedMap<String, byte[]>> rulebooks = new HashMap<>();
        LogSource log = new LogSource() {
            @Override
            public Optional<byte[]> read(String path) {
                String[] parts = path.split("/", 3);
                if (parts[0].equals("rulebooks")) {
                    return Optional.ofNullable(rulebooks
                            .computeIfAbsent(
                                    parts[1],
                                    digest -> RulebookArchive.read(auditor.get("/v1/rulebooks/" + digest)
                                                    .bytes())
                                            .files())
                            .get(parts[2]));
                }
                Person.Answer answer = auditor.get("/log/" + path);
                return answer.status() == 200 ? Optional.of(answer.bytes()) : Optional.empty();
            }

            @Override
            public Optional<List<String>> list() {
                return Optional.empty();
            }
        };
        LogExport.write(log, ExportTarget.folder(folder), Progress.NONE);
    }

    void play() {
        story.tell("Offline, with the export and the log's key alone:");
        LogFolder log = LogFolder.of(exported.folder());
        Verification verification = verify(log);
        story.show(
                "log verify: " + verification.size() + " entries, every signature, tile and root; root "
                        + verification.rootText(),
                verification.holds(),
                verification.findings().toString());
        Replayed replayed = Replay.run(log, Progress.NONE);
        story.show(
                "audit replay: " + replayed.decisions() + " decisions decided again, "
                        + replayed.disagreements().size() + " come out differently",
                replayed.agrees() && replayed.decisions() > 0,
                replayed.disagreements().toString());
        openedClaim(log);
        flippedByte();
        report(log, verification);
    }

    private Verification verify(LogSource log) {
        return LogVerifier.verify(
                log,
                Anchors.ofKeys(List.of(exported.logKey()), Optional.empty()),
                Scrutiny.full(clock.instant()),
                Progress.NONE);
    }

    private void openedClaim(LogSource log) {
        Entry entry = LogReader.of(log)
                .entries()
                .filter(stored -> stored.index() == exported.opened().index())
                .findFirst()
                .map(Stored::entry)
                .orElseThrow();
        story.show(
                "one sealed claim opened: " + exported.opened().disclosure().name() + " = "
                        + exported.opened().disclosure().value().asText() + ", and entry "
                        + exported.opened().index() + " carries its digest",
                entry.seals(exported.opened().disclosure()),
                "the entry does not carry the digest");
    }

    /** Changes one byte of the export, looks, and puts it back. */
    private void flippedByte() {
        Path bundle = exported.folder()
                .resolve(Tile.Entries.at(
                                0,
                                LogReader.of(LogFolder.of(exported.folder()))
                                        .checkpoint()
                                        .size())
                        .path());
        try {
            byte[] honest = Files.readAllBytes(bundle);
            byte[] forged = honest.clone();
            forged[forged.length / 2] ^= 1;
            Files.write(bundle, forged);
            Verification verification = verify(LogFolder.of(exported.folder()));
            Files.write(bundle, honest);
            story.show(
                    "one flipped byte in " + exported.folder().relativize(bundle) + ": "
                            + verification.findings().size() + " findings name it",
                    !verification.holds(),
                    "not found");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change the export", e);
        }
    }

    private void report(LogSource log, Verification verification) {
        // Two whole days, in case midnight passes while the demonstration runs.
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        TransparencyReport report = TransparencyReport.fold(
                LogReader.of(log).entries(), today.minus(Duration.ofDays(1)), today.plus(Duration.ofDays(1)));
        story.tell("");
        ReportTable.write(report, new LogHead(verification.origin(), verification.size(), verification.rootText()))
                .forEach(line -> story.tell("   " + line));
        long held = report.rows().stream()
                .filter(row -> row.issuer().equals("HK"))
                .mapToLong(row -> row.counts().held())
                .sum();
        story.check("the report counts 2 Hong Kong requests held, apart from refusals", held == 2, held + " held");
        story.tell("");
        story.tell("Beside it, what was published for Hong Kong in the second half of 2020:");
        Published.HONG_KONG_2020_H2.forEach(figure -> story.tell("   " + figure.line()));
    }
}
