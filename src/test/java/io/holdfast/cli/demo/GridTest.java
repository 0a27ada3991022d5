package io.holdfast.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GridTest {

    private static final Pattern CELL = Pattern.compile("([A-Z]+)(, narrowed)? `([A-Z_]+)`");

    @Test
    void the_demonstration_expects_what_the_document_derives_by_hand() throws IOException {
        Map<String, List<String>> derived = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/explanation/the-grid.md"))) {
            Matcher cells = CELL.matcher(line);
            if (line.startsWith("| **")) {
                String stance = line.substring(4, line.indexOf("**", 4));
                List<String> row = derived.computeIfAbsent(stance, name -> new ArrayList<>());
                while (cells.find()) {
                    row.add(cells.group(1) + "/" + cells.group(3) + (cells.group(2) == null ? "" : "+narrowed"));
                }
            }
        }
        Grid grid = Grid.derivedByHand();
        Map<String, List<String>> expected = new TreeMap<>();
        for (String stance : grid.stances()) {
            List<String> row = new ArrayList<>();
            for (int i = 0; i < SampleRequest.SIX.size(); i++) {
                row.add(grid.cell(stance, i));
            }
            expected.put(stance, row);
        }

        assertEquals(derived, expected);
        assertEquals(9, derived.size());
    }
}
