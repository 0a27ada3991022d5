package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReasonsReferenceTest {

    private static final Path FILE = Path.of("docs/reference/reasons.md");

    /** Written again by {@code mvn test -Dtest=ReasonsReferenceTest -Dholdfast.write}, alone. */
    @Test
    void the_reference_is_what_the_reasons_say() throws IOException {
        String expected = ReasonsReference.write();
        if (System.getProperty("holdfast.write") != null) {
            Files.writeString(FILE, expected);
        }
        assertEquals(
                expected,
                Files.exists(FILE) ? Files.readString(FILE) : "",
                FILE + " is stale; run mvn test -Dtest=ReasonsReferenceTest -Dholdfast.write");
    }
}
