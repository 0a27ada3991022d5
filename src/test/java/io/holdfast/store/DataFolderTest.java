package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    private Path path() {
        return temporary.resolve("deep/data");
    }

    /** What another process does that wants the folder: ends with 0 if it got the lock. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                System.exit(lock == null ? 1 : 0);
            }
        }
    }

    private boolean isFreeForOthers() throws Exception {
        return new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Path.of(DataFolderTest.class
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()
                                                .toURI())
                                        .toString(),
                                OtherProcess.class.getName(),
                                path().resolve("holdfast.lock").toString())
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void a_folder_in_use_is_refused_also_under_another_name() throws Exception {
        try (DataFolder folder = DataFolder.lock(path())) {
            assertTrue(assertThrows(IllegalStateException.class, () -> DataFolder.lock(path()))
                    .getMessage()
                    .contains("in use by another gateway"));
            Path other = Files.createSymbolicLink(temporary.resolve("link"), path());
            assertThrows(IllegalStateException.class, () -> DataFolder.lock(other));
            assertEquals(path().resolve("holdfast.db"), folder.database());
        }
    }

    @Test
    void a_refused_second_lock_does_not_give_the_first_one_away() throws Exception {
        try (DataFolder folder = DataFolder.lock(path())) {
            assertThrows(IllegalStateException.class, () -> DataFolder.lock(path()));

            assertTrue(
                    !isFreeForOthers(),
                    "another process got " + folder.database().getParent());
        }
        assertTrue(isFreeForOthers());
    }

    @Test
    void a_folder_can_be_locked_again_once_it_was_given_back() {
        DataFolder.lock(path()).close();
        DataFolder.lock(path()).close();
    }

    @Test
    void a_new_folder_is_for_its_owner_only() throws Exception {
        DataFolder.lock(path()).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }
}
