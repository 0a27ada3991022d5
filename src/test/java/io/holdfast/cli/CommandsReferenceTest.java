package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsReferenceTest {

    private static final Path FILE = Path.of("docs/reference/commands.md");

    /** Written again by {@code mvn test -Dtest=CommandsReferenceTest -Dholdfast.write}. */
    @Test
    void the_reference_is_what_the_commands_say() throws IOException {
        String expected = CommandsReference.write(CommandLineInterface.commandLine(List.of(), options -> 0));
        if (System.getProperty("holdfast.write") != null) {
            Files.writeString(FILE, expected);
        }
        assertEquals(
                expected,
                Files.exists(FILE) ? Files.readString(FILE) : "",
                FILE + " is stale; run mvn test -Dtest=CommandsReferenceTest -Dholdfast.write");
    }
}
