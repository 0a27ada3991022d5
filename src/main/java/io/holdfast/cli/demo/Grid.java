package io.holdfast.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes out of the six requests under each stance, as docs/explanation/the-grid.md derives it by hand from the law. One
 * line a stance, six cells, each an outcome and its first reason.
 */
final class Grid {

    private static final String FILE = "/demonstration/grid.txt";

    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    private Grid() {}

    static Grid derivedByHand() {
        Grid grid = new Grid();
        try (InputStream in = Grid.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        List<String> words = Arrays.asList(line.strip().split(" +"));
                        grid.rows.put(words.get(0), List.copyOf(words.subList(1, words.size())));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
        return grid;
    }

    List<String> stances() {
        return List.copyOf(rows.keySet());
    }

    /** {@code OUTCOME/FIRST_REASON}, with {@code +narrowed} where something is withheld. */
    String cell(String stance, int request) {
        return rows.get(stance).get(request);
    }
}
