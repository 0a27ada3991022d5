package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySetTest {

    @TempDir
    Path dir;

    private static String problem(PolicySet set) {
        return assertThrows(PolicyException.class, set::rulebook).getMessage();
    }

    private static SortedMap<String, byte[]> locked() {
        return Small.set().relocked().files();
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_lock_lists_every_file_and_its_digest_is_that_of_the_lines_before_it() throws Exception {
        String lock = Small.set().lock();
        String lines = lock.substring(0, lock.indexOf("set "));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));

        assertEquals(Small.set().files().size(), lines.lines().count());
        assertEquals(lines + "set " + HexFormat.of().formatHex(digest) + "\n", lock);
        assertEquals(HexFormat.of().formatHex(digest), Small.set().digest());
        assertTrue(lines.startsWith(lines.lines()
                .sorted((a, b) -> a.substring(66).compareTo(b.substring(66)))
                .findFirst()
                .orElseThrow()));
    }

    @Test
    void a_set_without_its_lock_does_not_load() {
        assertEquals("bundle.lock:1:1: is missing; review the set, then write it", problem(Small.set()));
    }

    @Test
    void a_changed_an_added_and_a_dropped_file_are_each_named() {
        SortedMap<String, byte[]> files = locked();
        put(files, "holds/hk.yaml", Small.text("holds/hk.yaml").replace("mode: PAUSE", "mode: DENY"));
        files.remove("postures/refuse/hk.yaml");
        put(files, "packs/extra.yaml", Small.text("packs/us.yaml").replace("id: us", "id: extra"));

        List<String> lines = problem(PolicySet.of(files)).lines().toList();

        String remedy = "; review the change, then write the lock again";
        assertTrue(lines.contains("bundle.lock:1:1: holds/hk.yaml is not the file that was locked" + remedy));
        assertTrue(lines.contains("bundle.lock:1:1: packs/extra.yaml is there but not listed" + remedy));
        assertTrue(lines.contains("bundle.lock:6:1: postures/refuse/hk.yaml is listed but not there" + remedy));
    }

    @Test
    void a_lock_with_another_digest_or_without_its_last_line_feed_does_not_load() {
        SortedMap<String, byte[]> files = locked();
        String lock = Small.set().lock();

        put(files, "bundle.lock", lock.replace(Small.set().digest(), "0".repeat(64)));
        assertTrue(problem(PolicySet.of(files)).contains("is not as it was generated"));
        put(files, "bundle.lock", lock.strip());
        assertTrue(problem(PolicySet.of(files)).contains("is not as it was generated"));
        put(files, "bundle.lock", "");
        assertTrue(problem(PolicySet.of(files)).contains("is there but not listed"));
    }

    @Test
    void every_flipped_byte_is_found() {
        SortedMap<String, byte[]> files = locked();
        for (String path : files.keySet()) {
            byte[] bytes = files.get(path).clone();
            for (int at = 0; at < bytes.length; at += 97) {
                SortedMap<String, byte[]> flipped = locked();
                flipped.get(path)[at] ^= 1;
                assertThrows(PolicyException.class, PolicySet.of(flipped)::rulebook, path + " at " + at);
            }
        }
    }

    @Test
    void what_goes_out_comes_in_again() throws PolicyException {
        PolicySet set = Small.set().relocked();
        PolicySet again = PolicySet.of(set.files());

        assertEquals(set.digest(), again.rulebook().digest());
        assertEquals(set.lock(), again.lock());
        set.files().get("holds/hk.yaml")[0] = 0;
        assertArrayEquals(again.files().get("holds/hk.yaml"), set.files().get("holds/hk.yaml"));
    }

    @Test
    void authorities_schemas_and_other_files_are_no_part_of_a_set() throws Exception {
        copySmall();
        String before = PolicySet.read(dir).digest();
        Files.createDirectory(dir.resolve("schema"));
        Files.writeString(dir.resolve("schema/hold.yaml"), "not read");
        Files.writeString(dir.resolve("postures/refuse/README.md"), "Why.");
        Files.writeString(dir.resolve(".hk.yaml.swp"), "an editor's");
        Files.writeString(dir.resolve("authorities/another.yaml"), "not read here");

        assertEquals(before, PolicySet.read(dir).digest());
        Files.writeString(dir.resolve("holds/more.yaml"), "read");
        assertNotEquals(before, PolicySet.read(dir).digest());
    }

    @Test
    void a_directory_that_is_not_there_is_named() {
        PolicyException e = assertThrows(PolicyException.class, () -> PolicySet.read(dir.resolve("nowhere")));

        assertTrue(e.getMessage().contains("cannot be read: " + dir.resolve("nowhere") + " does not exist"));
    }

    @Test
    void a_loop_of_links_is_refused_and_other_links_are_followed() throws Exception {
        copySmall();
        String before = PolicySet.read(dir).digest();
        Files.move(dir.resolve("holds"), dir.resolve("..data"));
        Files.createSymbolicLink(dir.resolve("holds"), Path.of("..data"));
        assertEquals(before, PolicySet.read(dir).digest());

        Files.createSymbolicLink(dir.resolve("packs/again"), dir);
        PolicyException e = assertThrows(PolicyException.class, () -> PolicySet.read(dir));
        assertTrue(e.getMessage().contains("leads back to itself"), e.getMessage());
    }

    @Test
    void files_too_deep_down_to_be_read_are_refused() throws IOException {
        Files.createDirectories(dir.resolve("postures/a/b/c"));

        PolicyException e = assertThrows(PolicyException.class, () -> PolicySet.read(dir));
        assertEquals("postures/a/b/c:1:1: is a directory too deep down for anything in it to be read", e.getMessage());
    }

    @Test
    void a_file_above_the_limit_is_refused_without_being_read_whole() throws Exception {
        copySmall();
        Files.writeString(dir.resolve("holds/large.yaml"), "# " + "x".repeat(3_000_000));

        PolicySet set = PolicySet.read(dir);
        assertTrue(set.files().get("holds/large.yaml").length <= 256 * 1024 + 1);
        assertEquals("holds/large.yaml:1:1: is larger than 256 KiB; split it", problem(set.relocked()));
    }

    @Test
    void hostile_nesting_is_refused_quickly() {
        for (String text :
                new String[] {"[".repeat(200_000), "{".repeat(200_000), "- ".repeat(100_000), "? ".repeat(100_000)}) {
            long start = System.nanoTime();
            assertTrue(problem(Small.with("holds/hk.yaml", text).relocked()).startsWith("holds/hk.yaml:"));
            assertTrue(System.nanoTime() - start < 5_000_000_000L);
        }
    }

    private void copySmall() throws IOException {
        for (var file : Small.set().files().entrySet()) {
            Path target = dir.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Files.createDirectories(dir.resolve("authorities"));
    }
}
