package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The file form of a trust policy (c2sp.org/tlog-policy). Each byte of it is read as one character, so that names stay
 * the bytes they are; a verifier key alone is UTF-8.
 */
final class PolicyFile {
    private static final Pattern BETWEEN = Pattern.compile("[ \t]+");

    private PolicyFile() {}

    static TrustPolicy read(byte[] bytes) {
        if (bytes.length > TrustPolicy.MOST_BYTES) {
            throw new MalformedException("trust policy", "must be at most 1048576 bytes", bytes.length);
        }
        PolicyTerms terms = new PolicyTerms();
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            try {
                checkCharacters(lines[i]);
                readLine(terms, lines[i]);
            } catch (MalformedException e) {
                throw e.at("trust policy line " + (i + 1));
            }
        }
        String rest = lines[lines.length - 1];
        if (!rest.isEmpty()) {
            throw new MalformedException("trust policy line " + lines.length, "must end in a newline", rest);
        }
        return terms.policy();
    }

    private static void readLine(PolicyTerms terms, String line) {
        List<String> items =
                BETWEEN.splitAsStream(line).filter(item -> !item.isEmpty()).toList();
        if (items.isEmpty() || items.get(0).startsWith("#")) {
            return;
        }
        switch (items.get(0)) {
            case "log" -> {
                checkCount(items, 2, 3, "log <vkey> [<url>]");
                terms.log(key(items.get(1)), item(items, 2));
            }
            case "witness" -> {
                checkCount(items, 3, 4, "witness <name> <vkey> [<url>]");
                terms.witness(items.get(1), key(items.get(2)), item(items, 3));
            }
            case "group" -> {
                checkCount(items, 4, Integer.MAX_VALUE, "group <name> any|all|<k> <name>...");
                terms.group(items.get(1), items.get(2), items.subList(3, items.size()));
            }
            case "quorum" -> {
                checkCount(items, 2, 2, "quorum <name>");
                terms.quorum(items.get(1));
            }
            default -> throw new MalformedException("term", "must begin with log, witness, group or quorum", line);
        }
    }

    /** A group's number, from 1 to the number of its members. */
    static int threshold(String written, int members) {
        long k = Canonical.decimal("group threshold", written);
        if (k < 1 || k > members) {
            throw new MalformedException("group threshold", "must be any, all, or from 1 to " + members, written);
        }
        return (int) k;
    }

    static byte[] print(TrustPolicy policy) {
        List<String> lines = new ArrayList<>();
        policy.logs()
                .forEach(log -> lines.add(line("log", utf8(log.key()), log.url().orElse(""))));
        policy.witnesses()
                .forEach(witness -> lines.add(line(
                        "witness",
                        witness.name(),
                        utf8(witness.key()),
                        witness.url().orElse(""))));
        policy.groups()
                .forEach(group ->
                        lines.add(line("group", group.name(), threshold(group), String.join(" ", group.members()))));
        lines.add(line("quorum", policy.quorum()));
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String threshold(TrustPolicy.Group group) {
        if (group.threshold() == group.members().size()) {
            return "all";
        }
        return group.threshold() == 1 ? "any" : Integer.toString(group.threshold());
    }

    private static String line(String... items) {
        StringJoiner line = new StringJoiner(" ");
        Arrays.stream(items).filter(item -> !item.isEmpty()).forEach(line::add);
        return line.toString();
    }

    private static VerifierKey key(String item) {
        return VerifierKey.parse(Canonical.utf8("verifier key", item.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String utf8(VerifierKey key) {
        return new String(Canonical.utf8("verifier key", key.toString()), StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> item(List<String> items, int at) {
        return at < items.size() ? Optional.of(items.get(at)) : Optional.empty();
    }

    private static void checkCount(List<String> items, int least, int most, String form) {
        if (items.size() < least || items.size() > most) {
            throw new MalformedException("term", "must be " + form, String.join(" ", items));
        }
    }

    /** Bytes 0x09, 0x20 to 0x7e and 0x80 to 0xff; newlines are gone already. */
    private static void checkCharacters(String line) {
        for (char c : line.toCharArray()) {
            if (c < 0x20 && c != '\t' || c == 0x7f) {
                throw new MalformedException("character", "must be no control character but tab", line);
            }
        }
    }
}
