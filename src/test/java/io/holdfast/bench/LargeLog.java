package io.holdfast.bench;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.ExportTarget;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogExport;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Verification;
import io.holdfast.fixture.Institutions;
import io.holdfast.note.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What a log of many decisions costs: its bytes on disk, and the time to check it. */
final class LargeLog {

    private final Options options;
    private final Sheet sheet;
    private final Institutions institutions;
    private final Traffic traffic;

    LargeLog(Options options, Sheet sheet, Institutions institutions, Traffic traffic) {
        this.options = options;
        this.sheet = sheet;
        this.institutions = institutions;
        this.traffic = traffic;
    }

    void run(Engine engine, Path data) throws Exception {
        Path export = options.folder().resolve("export");
        VerifierKey key;
        try (LiveGate live = LiveGate.open(engine, data, institutions)) {
            key = live.signer().verifierKey();
            try (GateCallers load = new GateCallers(live.gate(), traffic, 64)) {
                load.make(options.entries() - 1L);
            }
            String rulebook = live.policies().rulebook().digest();
            Map<String, SortedMap<String, byte[]>> rulebooks =
                    Map.of(rulebook, live.policies().files());
            long start = System.nanoTime();
            LogExport.write(new LedgerSource(live.ledger(), rulebooks), ExportTarget.folder(export), Progress.NONE);
            double seconds = (System.nanoTime() - start) / 1e9;
            String section = "a log of " + Measure.number(options.entries()) + " decisions, " + engine.name();
            sheet.row(section, "on disk", engine.bytes(data, options.entries()));
            sheet.row(
                    section,
                    "exported",
                    List.of(
                            Measure.of("export", "bytes/entry", (double) bytes(export) / options.entries()),
                            Measure.of("entries", "/s", options.entries() / seconds)));
        }
        verify(export, key);
    }

    private void verify(Path export, VerifierKey key) {
        Scrutiny full = Scrutiny.full(Instant.now(Clock.systemUTC()));
        sheet.goal(Goal.atLeast(
                "verification with every record signature, per core, at the cryptographic floor of this machine",
                1e6 / new Floor(options, sheet).signatureCheck().median(),
                verify(export, key, full, "every record signature")));
        sheet.goal(Goal.atLeast(
                "verification without record signatures, entries/s per core",
                200_000,
                verify(export, key, full.withoutRecordSignatures(), "without record signatures")));
    }

    /** @return entries for each second of a core */
    private Measure verify(Path export, VerifierKey key, Scrutiny scrutiny, String how) {
        Anchors anchors = Anchors.ofKeys(List.of(key), Optional.of(LiveGate.ORIGIN));
        double[] perSecond = new double[options.repetitions()];
        double[] perCore = new double[options.repetitions()];
        for (int i = 0; i < options.repetitions(); i++) {
            double cpu = Machine.ownSeconds();
            long start = System.nanoTime();
            Verification verification = LogVerifier.verify(LogFolder.of(export), anchors, scrutiny, Progress.NONE);
            perSecond[i] = options.entries() * 1e9 / (System.nanoTime() - start);
            perCore[i] = options.entries() / (Machine.ownSeconds() - cpu);
            if (!verification.holds() || verification.size() != options.entries()) {
                throw new IllegalStateException("the log does not verify: " + verification.findings());
            }
        }
        Measure core = Measure.of("per CPU second", "entries", perCore);
        sheet.row("verifying the export", how, List.of(Measure.of("entries", "/s", perSecond), core));
        return core;
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(LargeLog::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
