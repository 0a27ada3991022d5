package io.holdfast.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * Header and payload of an entry, with blanks where one entry differs from the next:
 *
 * <pre>
 * eyJ....{"_sd":[#,#,#,#],"_sd_alg":"sha-256",...,"epoch":#,"facts":{"accounts":#,...,"issued-at":#,...},"iat":#,...
 * </pre>
 *
 * A blank is a string that is an instant, a UUID or a digest, or a number under one of a few names; all else stays. It is
 * made from the bytes alone, left to right, and written as a byte that JSON does not have and a letter for its kind. So two
 * payloads of one form have the same structure, and differ only inside values of the same kind.
 *
 * <p>It gives up at anything unusual: an escape, a character beyond ASCII, a large number. That is no judgement.
 */
final class BlankedEntry {

    /** The blanks that an envelope is read from. */
    enum Place {
        JTI,
        SUB,
        IAT,
        EPOCH,
        PREV;

        private final byte[] name = member(name().toLowerCase(Locale.ROOT));
    }

    private static final byte BLANK = 1;

    private static final int SIGNATURE_CHARACTERS = 86;

    /** What a number may have where any number fits, and what it may have where it must fit an int. */
    private static final int MOST_DIGITS = 15;

    private static final int MOST_COUNT_DIGITS = 9;

    private static final byte[][] COUNTS = {member("accounts"), member("items")};
    private static final byte[][] HASHES = {member("digest"), member("version")};

    private final byte[] json;
    private final byte[] form;
    private final int[] starts = new int[Place.values().length];
    private final int[] ends = new int[Place.values().length];
    private int length;
    private int at;
    private int digestEnd = -1;

    private BlankedEntry(byte[] leaf, int header, byte[] json) {
        this.json = json;
        this.form = new byte[header + json.length + json.length / 4];
        System.arraycopy(leaf, 0, form, 0, header);
        this.length = header;
    }

    /** Nothing if it gives up. */
    static Optional<BlankedEntry> of(byte[] leaf) {
        int second = leaf.length - SIGNATURE_CHARACTERS - 1;
        int first = dot(leaf, 0);
        if (first >= second || leaf[second] != '.' || dot(leaf, second + 1) < leaf.length) {
            return Optional.empty();
        }
        return payload(leaf, first + 1, second)
                .map(json -> new BlankedEntry(leaf, first + 1, json))
                .filter(BlankedEntry::fill);
    }

    /** The index of the next dot, or the end. */
    private static int dot(byte[] leaf, int from) {
        int at = from;
        while (at < leaf.length && leaf[at] != '.') {
            at++;
        }
        return at;
    }

    /** The decoder alone would take padding and stray bits. */
    private static Optional<byte[]> payload(byte[] leaf, int from, int to) {
        boolean isExact = from < to
                && switch ((to - from) % 4) {
                    case 0 -> leaf[to - 1] != '=';
                    case 2 -> Letters.ENDS_WITH_4_BITS.indexOf(leaf[to - 1]) >= 0;
                    case 3 -> Letters.ENDS_WITH_2_BITS.indexOf(leaf[to - 1]) >= 0;
                    default -> false;
                };
        if (!isExact) {
            return Optional.empty();
        }
        try {
            byte[] json = new byte[(to - from) / 4 * 3 + Math.max(0, (to - from) % 4 - 1)];
            Base64.getUrlDecoder()
                    .decode(ByteBuffer.wrap(leaf, from, to - from))
                    .get(json);
            return Optional.of(json);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Equal for entries of one form. */
    Form form() {
        CRC32 hash = new CRC32();
        hash.update(form, 0, length);
        return new Form(form, length, (int) hash.getValue());
    }

    /** What is left of an entry without its blanks. */
    static final class Form {

        private final byte[] bytes;
        private final int length;
        private final int hash;

        private Form(byte[] bytes, int length, int hash) {
            this.bytes = bytes;
            this.length = length;
            this.hash = hash;
        }

        /** The same in no more room than it needs. */
        Form trimmed() {
            return new Form(Arrays.copyOf(bytes, length), length, hash);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Form that
                    && hash == that.hash
                    && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Whether it has all that every envelope has. */
    boolean hasHead() {
        return starts[Place.JTI.ordinal()] > 0 && starts[Place.IAT.ordinal()] > 0 && starts[Place.EPOCH.ordinal()] > 0;
    }

    /** What stands in a blank; nothing if there is none of this name. */
    Optional<String> text(Place place) {
        int from = starts[place.ordinal()];
        return from == 0
                ? Optional.empty()
                : Optional.of(new String(json, from, ends[place.ordinal()] - from, StandardCharsets.US_ASCII));
    }

    OptionalLong number(Place place) {
        int from = starts[place.ordinal()];
        if (from == 0) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = from; i < ends[place.ordinal()]; i++) {
            number = 10 * number + json[i] - '0';
        }
        return OptionalLong.of(number);
    }

    private boolean fill() {
        boolean goesOn = true;
        while (goesOn && at < json.length) {
            byte b = json[at];
            if (b == '"') {
                goesOn = string();
            } else if (isDigit(at)) {
                goesOn = number();
            } else {
                goesOn = b >= 0x20;
                form[length++] = b;
                at++;
            }
        }
        return goesOn;
    }

    private boolean string() {
        int end = at + 1;
        int letters = Letters.ANY;
        while (end < json.length && json[end] != '"') {
            letters &= Letters.of(json[end]);
            end++;
        }
        if (end == json.length || !Letters.arePlain(letters)) {
            return false;
        }
        char kind = Letters.kind(json, at + 1, end, letters);
        if (kind == 'H' && !isUnder(HASHES)) {
            kind = 0;
        }
        if (kind == 'D' && !isAfterLast(end)) {
            return false;
        }
        if (kind == 'U' && !(note(Place.JTI, at + 1, end) && note(Place.SUB, at + 1, end))) {
            return false;
        }
        return kind == 0 ? copy(end + 1) : leaveBlank(kind, end + 1);
    }

    private boolean number() {
        int end = at;
        while (end < json.length && isDigit(end)) {
            end++;
        }
        if (end - at > MOST_DIGITS || json[at] == '0' && end - at > 1) {
            return false;
        }
        if (isUnder(COUNTS)) {
            return end - at <= MOST_COUNT_DIGITS && leaveBlank('C', end);
        }
        boolean isInEnvelope = isUnder(Place.IAT.name) || isUnder(Place.EPOCH.name) || isUnder(Place.PREV.name);
        if (!isInEnvelope) {
            return copy(end);
        }
        return note(Place.IAT, at, end)
                && note(Place.EPOCH, at, end)
                && note(Place.PREV, at, end)
                && leaveBlank('N', end);
    }

    /** @return false if it has been there already: an entry that was read in full has each once */
    private boolean note(Place place, int from, int to) {
        if (!isUnder(place.name)) {
            return true;
        }
        boolean isFirst = starts[place.ordinal()] == 0;
        starts[place.ordinal()] = from;
        ends[place.ordinal()] = to;
        return isFirst;
    }

    private boolean copy(int to) {
        System.arraycopy(json, at, form, length, to - at);
        length += to - at;
        at = to;
        return true;
    }

    private boolean leaveBlank(char kind, int to) {
        form[length++] = BLANK;
        form[length++] = (byte) kind;
        at = to;
        return true;
    }

    /** Digests in a list must be sorted, each once. */
    private boolean isAfterLast(int end) {
        boolean isNext = digestEnd >= 0 && at == digestEnd + 2 && json[at - 1] == ',';
        int last = digestEnd - 43;
        digestEnd = end;
        return !isNext || Arrays.compare(json, last, last + 43, json, at + 1, end) < 0;
    }

    private boolean isUnder(byte[][] names) {
        return isUnder(names[0]) || isUnder(names[1]);
    }

    private boolean isUnder(byte[] name) {
        return at >= name.length && Arrays.equals(json, at - name.length, at, name, 0, name.length);
    }

    private boolean isDigit(int index) {
        return Letters.isDigit(json[index]);
    }

    private static byte[] member(String name) {
        return ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }
}
