package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CaseStatesReferenceTest {

    private static final Path FILE = Path.of("docs/reference/case-states.md");

    /** Written again by {@code mvn test -Dtest=CaseStatesReferenceTest -Dholdfast.write}, alone. */
    @Test
    void the_reference_is_what_the_table_says() throws IOException {
        String expected = CaseStatesReference.write();
        if (System.getProperty("holdfast.write") != null) {
            Files.writeString(FILE, expected);
        }
        assertEquals(
                expected,
                Files.exists(FILE) ? Files.readString(FILE) : "",
                FILE + " is stale; run mvn test -Dtest=CaseStatesReferenceTest -Dholdfast.write");
    }
}
