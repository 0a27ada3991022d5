package io.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the code to the table in docs/architecture.md, and the table to the code. Plain tests: none can be skipped silently. */
class ArchitectureTest {

    private static final String ROOT = "io.holdfast.";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\| .* \\| (-|[a-z]+(?:, [a-z]+)*) \\|");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.holdfast");

    @Test
    void every_room_has_a_row_and_every_row_has_a_room() throws IOException {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(type -> rooms.add(room(type)));

        assertEquals(rooms, table().keySet());
    }

    @Test
    void no_room_uses_another_that_the_table_does_not_allow() throws IOException {
        Map<String, Set<String>> table = table();
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT)
                        && !room(target).equals(room(type))
                        && !table.get(room(type)).contains(room(target))) {
                    forbidden.add(room(type) + " uses " + room(target) + ": " + dependency.getDescription());
                }
            }
        }

        assertEquals(Set.of(), forbidden);
    }

    @Test
    void rooms_that_auditors_read_know_no_framework() {
        Set<String> plain = Set.of("legal", "tlog", "note", "policy", "audit", "bag");
        Set<String> frameworks = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                boolean framework = target.startsWith("io.quarkus")
                        || target.startsWith("jakarta.")
                        || target.startsWith("io.smallrye")
                        || target.startsWith("io.vertx");
                if (plain.contains(room(type)) && framework) {
                    frameworks.add(dependency.getDescription());
                }
            }
        }

        assertEquals(Set.of(), frameworks);
    }

    /** deploy/holdfast runs commands without the framework's libraries; only these may need them. */
    @Test
    void commands_run_on_the_few_libraries_that_the_launcher_gives_them() {
        Set<String> wholeProgram = Set.of("http", "enforce", "extauthz", "app", "evidence");
        Set<String> given = Set.of(
                "java.",
                "javax.",
                "com.sun.net.httpserver",
                "io.holdfast.",
                "picocli",
                "com.fasterxml.jackson.core",
                "com.fasterxml.jackson.databind",
                "org.bouncycastle.",
                "org.yaml.snakeyaml");
        Set<String> lacking = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            // The launcher gives "token", "demo" and "serve" the whole program; they alone make tokens and judge seals.
            boolean whole =
                    wholeProgram.contains(room(type)) || type.getSimpleName().equals("DevelopmentIssuer");
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!whole && !target.isPrimitive() && given.stream().noneMatch(target.getName()::startsWith)) {
                    lacking.add(dependency.getDescription());
                }
            }
        }

        assertEquals(Set.of(), lacking);
    }

    @Test
    void the_rule_can_fail() {
        JavaClasses seen = new ClassFileImporter().importClasses(ArchitectureTest.class);

        assertFalse(
                seen.get(ArchitectureTest.class).getDirectDependenciesFromSelf().isEmpty());
        assertFalse(CLASSES.isEmpty());
    }

    /** Room to the rooms it may use. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(
                        row.group(1),
                        Arrays.stream(row.group(2).split(", "))
                                .filter(name -> !name.equals("-"))
                                .collect(Collectors.toSet()));
            }
        }
        return table;
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
