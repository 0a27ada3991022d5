package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessStateTest {
    private static final Cosigner KEY = Cosigner.of("witness.example/w", Ed25519Key.generate());

    @TempDir
    Path temporary;

    private final SmallLog log = SmallLog.named("log.example").grow(30);

    private Path folder() {
        return temporary.resolve("a/state");
    }

    private Path file() {
        return folder().resolve(WitnessState.nameOf(log.origin()));
    }

    private Answer add(byte[] request) throws IOException {
        try (WitnessState state = WitnessState.open(folder())) {
            return new Witness(
                            TrustPolicy.ofKeys(List.of(log.signer.verifierKey())),
                            List.of(KEY),
                            state,
                            Clock.systemUTC())
                    .add(request);
        }
    }

    @Test
    void a_restarted_witness_goes_on_where_it_was() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        assertEquals(Answer.otherSize(5), add(log.request(0, 9)));
        assertEquals(
                422,
                add(new SmallLog(log.signer, "other ").grow(9).request(5, 9)).status());
        assertEquals(200, add(log.request(5, 9)).status());
    }

    @Test
    void the_state_is_durable_before_the_cosignature_leaves() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        // The file that a crash would leave cannot be written: then nothing is cosigned either.
        Files.createDirectory(Path.of(file() + DurableFile.UNFINISHED));
        Files.writeString(Path.of(file() + DurableFile.UNFINISHED).resolve("in-the-way"), "");
        try (WitnessState state = openWithoutCleaning()) {
            Witness witness = new Witness(
                    TrustPolicy.ofKeys(List.of(log.signer.verifierKey())), List.of(KEY), state, Clock.systemUTC());
            assertThrows(IOException.class, () -> witness.add(log.request(5, 9)));
            assertEquals(Answer.otherSize(5), witness.add(log.request(0, 9)), "what counts is what was there before");
        }
    }

    /** The obstacle is put there once the state is open. */
    private WitnessState openWithoutCleaning() throws IOException {
        Path obstacle = Path.of(file() + DurableFile.UNFINISHED);
        Path aside = temporary.resolve("aside");
        Files.move(obstacle, aside);
        WitnessState state = WitnessState.open(folder());
        Files.move(aside, obstacle);
        return state;
    }

    @Test
    void half_a_file_that_a_crash_left_is_cleaned_away() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        Path half = Path.of(file() + DurableFile.UNFINISHED);
        Files.writeString(half, "log.exa");
        assertEquals(200, add(log.request(5, 9)).status());
        assertFalse(Files.exists(half));
    }

    @Test
    void a_file_with_any_byte_changed_is_refused_at_the_start() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        byte[] good = Files.readAllBytes(file());
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            Files.write(file(), changed);
            boolean refused;
            try {
                // A changed label makes one of the two signatures a stranger's; the other still protects the text.
                refused = add(log.request(5, 5)).status() != 200;
            } catch (IllegalStateException e) {
                refused = true;
            }
            byte[] now = Files.readAllBytes(file());
            assertTrue(refused || new String(now).startsWith(log.checkpoint(5).text()), "byte " + at);
            Files.write(file(), good);
        }
    }

    @Test
    void a_file_of_another_log_or_cut_short_is_refused_at_the_start() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        byte[] good = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(good, good.length - 1));
        assertThrows(IllegalStateException.class, () -> add(log.request(5, 9)));
        Files.write(file(), new byte[0]);
        assertThrows(IllegalStateException.class, () -> add(log.request(5, 9)));
        Files.write(file(), SmallLog.named("other.example").note(0).print());
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> add(log.request(5, 9)));
        assertTrue(e.getMessage().contains(file().toString()), e.getMessage());
    }

    @Test
    void a_second_witness_on_the_same_folder_is_refused() {
        try (WitnessState state = WitnessState.open(folder())) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> WitnessState.open(folder()));
            assertTrue(e.getMessage().contains("in use by another witness"), e.getMessage());
            assertEquals(Optional.empty(), state.last(log.origin()));
        }
        WitnessState.open(folder()).close();
    }

    @Test
    void only_its_owner_can_read_it() throws IOException {
        assertEquals(200, add(log.request(0, 5)).status());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }
}
