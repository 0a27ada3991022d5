package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.policy.PolicySet;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rulebook's files in one piece: a canonical JSON object from path to text. What is in it must prove itself by its lock. */
public final class RulebookArchive {

    private RulebookArchive() {}

    public static byte[] write(PolicySet set) {
        ObjectNode json = CanonicalJson.object();
        set.files().forEach((path, bytes) -> json.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return CanonicalJson.write(json);
    }

    /** @throws UnreadableException if it is no such object */
    public static PolicySet read(byte[] archive) {
        ObjectNode json = CanonicalJson.readObject("a rulebook", archive);
        Claims claims = new Claims("a rulebook", json);
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String path = names.next();
            files.put(path, claims.text(path).getBytes(StandardCharsets.UTF_8));
        }
        return PolicySet.of(files);
    }
}
