package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Tile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerSourceTest {

    private final LogSource source =
            new LedgerSource(new ReadOnly(TestLog.honest().files()), TestLog.rulebooks());

    @TempDir
    Path folder;

    @Test
    void a_ledger_can_be_verified_where_it_runs() {
        assertEquals(List.of(), LogVerifierTest.verify(source).findings());
        assertTrue(Replay.run(source, Progress.NONE).agrees());
    }

    @Test
    void a_ledger_can_be_exported() {
        LogExport.write(source, ExportTarget.folder(folder.resolve("log")), Progress.NONE);
        assertTrue(LogVerifierTest.verify(LogFolder.of(folder.resolve("log"))).holds());
    }

    @Test
    void what_a_log_does_not_have_is_nothing() {
        for (String path : List.of("", "tile/9", "tile/0/001", "rulebooks/x/y", "rulebooks/x", "../x")) {
            assertEquals(Optional.empty(), source.read(path), path);
        }
    }

    /** The ledger of a log that was written already. */
    private record ReadOnly(MemorySource files) implements Ledger {

        @Override
        public byte[] checkpoint() {
            return files.read(LogLayout.CHECKPOINT).orElseThrow();
        }

        @Override
        public Optional<byte[]> tile(Tile tile) {
            return files.read(tile.path());
        }

        @Override
        public CompletionStage<List<Receipt>> append(Candidate candidate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> tagged(Collection<String> tags, long before, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Standing standing() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Stored> entry(long index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Stored> history(String subject) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Receipt> receipt(long index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<byte[]> content(String name) {
            return files.files.keySet().stream()
                    .filter(path -> LogLayout.contentName(path).equals(Optional.of(name)))
                    .findFirst()
                    .flatMap(files::read);
        }

        @Override
        public Optional<Sealed> sealed(long index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }
    }
}
