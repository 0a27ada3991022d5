package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the code to the worked example of docs/reference/package-format.md, whose digests another program made. */
class PackageFormatTest {

    private static final Pattern BLOCK = Pattern.compile("```([a-z]+)\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void the_worked_example_is_what_the_code_writes() throws IOException {
        Map<String, String> blocks = new HashMap<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/reference/package-format.md")));
        while (block.find()) {
            blocks.put(block.group(1), block.group(2));
        }
        List<String> pages = blocks.get("pages").lines().toList();
        SortedMap<String, byte[]> content = new TreeMap<>();
        content.put("data/account-0001/page-0001.json", SomePackage.ascii(pages.get(0)));
        content.put("data/account-0001/page-0002.json", SomePackage.ascii(pages.get(1)));
        content.put("letter.txt", SomePackage.ascii(blocks.get("letter")));

        Manifest manifest = SomePackage.manifest(content);

        SortedMap<String, byte[]> tags = BagLayout.tagFiles(manifest);
        assertEquals(blocks.get("manifest"), text(manifest.bytes()) + "\n");
        assertEquals(blocks.get("digests"), manifest.digest().hex() + "\n" + manifest.receipt() + "\n");
        assertEquals(blocks.get("info"), text(tags.get("bag-info.txt")));
        assertEquals(blocks.get("sums"), text(tags.get("manifest-sha512.txt")));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
