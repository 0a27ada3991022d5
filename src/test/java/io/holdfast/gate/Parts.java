package io.holdfast.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was collected, as it is read back. */
final class Parts {

    private Parts() {}

    /** Content by name, in order. */
    static Map<String, String> read(Collector collector, Case found, Collector.Result.Collected collected) {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Collector.Part part : collected.parts()) {
            try (InputStream in = collector.open(found, part).orElseThrow()) {
                contents.put(part.name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return contents;
    }
}
