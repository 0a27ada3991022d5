package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AddCheckpointTest {
    /** The example in the specification, with both of its signatures. */
    private static final String EXAMPLE = "old 20852014\n"
            + "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
            + "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
            + "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
            + "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
            + "\n"
            + "example.com/behind-the-sofa\n"
            + "20852163\n"
            + "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
            + "\n"
            + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
            + "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "\u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/"
            + "V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";

    @Test
    void reads_and_prints_the_example_of_the_specification() {
        AddCheckpoint request = AddCheckpoint.parse(bytes(EXAMPLE));
        assertEquals(20_852_014, request.oldSize());
        assertEquals(4, request.proof().size());
        assertEquals("example.com/behind-the-sofa", request.origin());
        assertEquals(2, request.checkpoint().signatures().size());
        assertArrayEquals(bytes(EXAMPLE), request.print());
    }

    @Test
    void the_package_comment_shows_the_beginning_of_the_example() throws IOException {
        String comment = Files.readString(Path.of("src/main/java/io/holdfast/witness/package-info.java"))
                .replaceAll("(?m)^ \\* ?", "");
        List<String> lines = EXAMPLE.lines().toList();
        for (int line : new int[] {0, 1, 2, 6, 7, 8, 10}) {
            assertTrue(comment.contains("\n" + lines.get(line) + "\n"), lines.get(line));
        }
    }

    @TestFactory
    Stream<DynamicTest> rejects_every_other_spelling() {
        return Stream.of(
                defect("without an old size", text -> text.substring(text.indexOf('\n') + 1)),
                defect("with a leading zero", text -> text.replace("old 2", "old 02")),
                defect("with a leading plus", text -> text.replace("old 2", "old +2")),
                defect("with a negative size", text -> text.replace("old 2", "old -2")),
                defect("with two spaces", text -> text.replace("old 2", "old  2")),
                defect("with a size of 64 bits", text -> text.replace("20852014", "9223372036854775808")),
                defect("with old in capitals", text -> text.replace("old", "Old")),
                defect("with a carriage return", text -> text.replaceFirst("\n", "\r\n")),
                defect("with a hash of 31 bytes", text -> text.replace("PlRNCrwH", "PlRN")),
                defect("with a hash without padding", text -> text.replace("kaw=", "kaw")),
                defect("with stray bits in a hash", text -> text.replace("kaw=", "kax=")),
                defect("with a space behind a hash", text -> text.replace("kaw=", "kaw= ")),
                defect("without the empty line", text -> text.replaceFirst("\n\n", "\n")),
                defect("without signatures", text -> text.substring(0, text.indexOf("\n\u2014"))),
                defect("without the last newline", text -> text.substring(0, text.length() - 1)),
                defect("with text behind the signatures", text -> text + "more\n"),
                defect("with 64 hashes", text -> text.replace("kaw=\n", "kaw=\n".repeat(61))),
                defect("with a control character", text -> text.replace("example.com", "example\u0001com")));
    }

    private static DynamicTest defect(String name, UnaryOperator<String> change) {
        String changed = change.apply(EXAMPLE);
        return DynamicTest.dynamicTest(name, () -> {
            assertTrue(!changed.equals(EXAMPLE));
            assertThrows(MalformedException.class, () -> AddCheckpoint.parse(bytes(changed)));
        });
    }

    @Test
    void holds_63_hashes_and_a_note_of_the_largest_size() {
        AddCheckpoint request = AddCheckpoint.parse(bytes(EXAMPLE));
        List<Hash> most = Collections.nCopies(63, Hash.ofNothing());
        AddCheckpoint full = new AddCheckpoint(Long.MAX_VALUE, most, request.checkpoint());
        assertEquals(full, AddCheckpoint.parse(full.print()));
        assertThrows(
                MalformedException.class,
                () -> new AddCheckpoint(1, Collections.nCopies(64, Hash.ofNothing()), request.checkpoint()));
        assertThrows(MalformedException.class, () -> new AddCheckpoint(-1, List.of(), request.checkpoint()));
        assertThrows(MalformedException.class, () -> AddCheckpoint.parse(new byte[AddCheckpoint.MOST_BYTES + 1]));
        assertTrue(full.print().length - request.checkpoint().print().length + io.holdfast.note.SignedNote.MOST_BYTES
                <= AddCheckpoint.MOST_BYTES);
    }

    @Test
    void what_is_read_prints_back_to_the_same_bytes() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 5000; round++) {
            byte[] changed = bytes(EXAMPLE);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) "\n =Aold0\u2014".charAt(random.nextInt(8));
            }
            try {
                assertArrayEquals(changed, AddCheckpoint.parse(changed).print());
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    @Test
    void a_size_has_one_spelling() {
        assertEquals(0, Answer.size(bytes("0\n")));
        assertEquals(Long.MAX_VALUE, Answer.size(bytes(Long.MAX_VALUE + "\n")));
        assertEquals(20, bytes(Answer.otherSize(Long.MAX_VALUE).text()).length);
        for (String other : new String[] {"", "\n", "5", "05\n", "+5\n", "-5\n", "5\n\n", " 5\n", "5 \n", "5\r\n"}) {
            assertThrows(MalformedException.class, () -> Answer.size(bytes(other)), other);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
