package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {

    private static final String TEXT = "correct horse battery staple";

    @TempDir
    Path temporary;

    private Path file(String content, String permissions) throws IOException {
        Path file = temporary.resolve("passphrase");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static Passphrase of(Path file) {
        return Passphrase.of(Map.of(), Optional.of(file));
    }

    private static String refused(Passphrase passphrase) {
        return assertThrows(IllegalStateException.class, passphrase::expose).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, TEXT + "\n", TEXT + "\r\n"})
    void a_file_holds_one_line(String content) throws IOException {
        assertArrayEquals(TEXT.toCharArray(), of(file(content, "rw-------")).expose());
        assertArrayEquals(TEXT.toCharArray(), of(file(content, "r--------")).expose());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "r--r--r--", "rwx------"})
    void a_file_that_others_may_read_is_refused(String permissions) throws IOException {
        String message = refused(of(file(TEXT, permissions)));

        assertTrue(message.contains("chmod 600") && !message.contains(TEXT), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "elevenchars", "two\nlines of text", "not \u00e4scii at all", TEXT + "\n\n"})
    void what_other_programs_could_take_for_something_else_is_refused_and_not_quoted(String content)
            throws IOException {
        String message = refused(of(file(content, "rw-------")));

        assertTrue(message.contains("openssl rand"), message);
        assertFalse(content.length() > 3 && message.contains(content), message);
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertTrue(refused(of(temporary.resolve("nothing"))).contains("does not exist"));
        assertTrue(refused(of(temporary)).contains("chmod 600"));
    }

    @Test
    void the_environment_may_bring_it_but_not_both() throws IOException {
        Map<String, String> environment = Map.of("HOLDFAST_KEYS_PASSPHRASE", TEXT);

        assertArrayEquals(
                TEXT.toCharArray(), Passphrase.of(environment, Optional.empty()).expose());

        String message = refused(Passphrase.of(environment, Optional.of(file(TEXT, "rw-------"))));
        assertTrue(message.contains("given twice") && !message.contains(TEXT), message);
    }

    @Test
    void it_never_shows() {
        assertEquals("Passphrase", KeysInAnyFormTest.given(TEXT).toString());
        assertFalse(new KeyProtection(Optional.empty(), KeysInAnyFormTest.given(TEXT))
                .toString()
                .contains(TEXT));
    }
}
