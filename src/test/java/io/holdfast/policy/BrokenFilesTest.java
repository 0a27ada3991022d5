package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One file for each defect, named by it, and beside it everything that must be said about it. The first word of the
 * message is the place in the small rulebook that the file takes.
 */
class BrokenFilesTest {

    private static final Path BROKEN = Path.of("src/test/resources/policy/broken");

    @Test
    void each_broken_file_is_refused_with_exactly_its_messages() throws IOException {
        List<String> differences = new ArrayList<>();
        List<Path> expectations = files(".expected");
        for (Path expectation : expectations) {
            String expected = Files.readString(expectation);
            Path broken = BROKEN.resolve(expectation.getFileName().toString().replace(".expected", ".yaml"));
            String found = problems(expected.substring(0, expected.indexOf(':')), Files.readAllBytes(broken)) + "\n";
            if (!found.equals(expected)) {
                differences.add(broken.getFileName() + "\n  expected " + expected + "  found    " + found);
            }
        }
        assertEquals("", String.join("\n", differences));
        assertEquals(files(".yaml").size(), expectations.size());
        assertTrue(expectations.size() > 50);
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String problems(String path, byte[] bytes) {
        return assertThrows(PolicyException.class, () -> load(path, bytes), path)
                .getMessage();
    }

    private static void load(String path, byte[] bytes) throws PolicyException {
        if (path.startsWith("facts")) {
            FactsFile.read(path, bytes);
        } else if (path.startsWith("authorities/")) {
            AuthorityFiles.of(
                    new TreeMap<>(Map.of(path, bytes)), Small.rulebook().vocabulary());
        } else {
            SortedMap<String, byte[]> files = Small.set().files();
            files.put(path, bytes);
            PolicySet.of(files).relocked().rulebook();
        }
    }
}
