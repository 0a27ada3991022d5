package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.audit.LogSource;
import io.holdfast.audit.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteadyLogTest {

    private final MemorySource files = new MemorySource();
    private final SteadyLog log = SteadyLog.of(files);

    @Test
    void a_file_that_changes_between_two_readings_fails_the_check() {
        files.files.put("tile/0/000", new byte[] {1});
        log.read("tile/0/000");
        files.files.put("tile/0/000", new byte[] {2});
        CommandFailure failure = assertThrows(CommandFailure.class, () -> log.read("tile/0/000"));
        assertEquals(ExitCode.CHECK_FAILED, failure.exitCode());
    }

    @Test
    void the_checkpoint_stays_while_the_log_grows() {
        files.files.put("checkpoint", new byte[] {1});
        log.read("checkpoint");
        files.files.put("checkpoint", new byte[] {2});
        assertArrayEquals(new byte[] {1}, log.read("checkpoint").orElseThrow());
    }

    @Test
    void a_disk_that_fails_is_no_finding() {
        SteadyLog broken = SteadyLog.of(new LogSource() {
            @Override
            public Optional<byte[]> read(String path) {
                throw new UncheckedIOException(new IOException("disk"));
            }

            @Override
            public Optional<List<String>> list() {
                throw new UncheckedIOException(new IOException("disk"));
            }
        });
        assertEquals(
                ExitCode.UNREACHABLE,
                assertThrows(CommandFailure.class, () -> broken.read("checkpoint"))
                        .exitCode());
        assertEquals(
                ExitCode.UNREACHABLE,
                assertThrows(CommandFailure.class, broken::list).exitCode());
    }
}
