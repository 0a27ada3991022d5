package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LawReferenceTest {

    private static final Path DIR = Path.of("docs/reference/law");
    private static final String REMEDY = "; run mvn test -Dtest=LawReferenceTest -Dholdfast.write";

    private static SortedMap<String, String> expected;

    /** Written again by {@code mvn test -Dtest=LawReferenceTest -Dholdfast.write}, alone. */
    @BeforeAll
    static void write() throws IOException, PolicyException {
        expected = LawReference.write(
                PolicySet.read(Path.of("policies")).relocked().rulebook());
        if (System.getProperty("holdfast.write") == null) {
            return;
        }
        Files.createDirectories(DIR);
        for (String file : found().keySet()) {
            if (!expected.containsKey(file)) {
                Files.delete(DIR.resolve(file));
            }
        }
        for (String file : expected.keySet()) {
            Files.writeString(DIR.resolve(file), expected.get(file));
        }
    }

    private static SortedMap<String, String> found() throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        if (Files.isDirectory(DIR)) {
            try (Stream<Path> files = Files.list(DIR)) {
                for (Path file : files.toList()) {
                    found.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return found;
    }

    @Test
    void every_file_of_a_pack_has_a_page_and_every_page_has_a_pack() throws IOException {
        Set<String> files;
        try (Stream<Path> packs = Files.list(Path.of("policies/packs"))) {
            files = packs.map(file -> file.getFileName().toString().replace(".yaml", ".md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        files.add("README.md");
        assertEquals(files, expected.keySet(), "a pack is not named as its file");
        assertEquals(files, found().keySet(), DIR + " has other pages" + REMEDY);
    }

    @Test
    void the_pages_are_what_the_rules_say() throws IOException {
        for (String file : expected.keySet()) {
            assertEquals(expected.get(file), found().getOrDefault(file, ""), DIR.resolve(file) + " is stale" + REMEDY);
        }
    }

    @Test
    void the_pages_are_linked_from_the_readme_and_the_policies() throws IOException {
        for (String file : Set.of("README.md", "policies/README.md")) {
            assertTrue(Files.readString(Path.of(file)).contains("docs/reference/law/README.md"), file);
        }
    }
}
