import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks an evidence package, offline, with nothing but a JDK from 17 on. Read it before you run it: it is short so that you can.
 *
 *   java Check.java FOLDER --log-key KEY [--witness KEY]... [--quorum N]
 *
 * FOLDER is the unzipped package. KEY is a verifier key, name+id+base64. The log's key says whom you believe, so get it from
 * somewhere else than this package. Witnesses are others who watch the log; N of them (all that you name, unless you say less)
 * must have signed the same state of it.
 *
 * The chain, from the end: the log's key has signed a checkpoint; the checkpoint has a tree; the proof says that the entry is in
 * the tree; the entry has SHA-256 of manifest.json; manifest.json has SHA-512 of every file.
 *
 * Ends with 0 if all of it holds, with 1 if anything does not, with 2 if it could not be tried.
 */
final class Check {

    static final int MOST_MANIFEST_BYTES = 32 << 20;
    static final int MOST_RECORD_BYTES = 1 << 20;

    /** What lies in a package beside the files that manifest.json names. Nothing else may. */
    static final Set<String> KNOWN = Set.of(
            "manifest.json", "record/entry.jws", "record/entry.tlog-proof", "README.txt", "Check.java", "bagit.txt",
            "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt");

    /** Something does not hold. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String reason) {
            super(reason);
        }
    }

    /** It could not be tried. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    public static void main(String[] arguments) throws IOException {
        try {
            System.exit(check(Trust.of(arguments)) ? 0 : 1);
        } catch (Unusable e) {
            System.err.println(e.getMessage());
            System.err.println("usage: java Check.java FOLDER --log-key KEY [--witness KEY]... [--quorum N]");
            System.exit(2);
        }
    }

    /** All four checks, and all that is wrong: one failure must not hide another. */
    static boolean check(Trust trust) throws IOException {
        List<String> failures = new ArrayList<>();
        Map<String, Object> manifest = null;
        byte[] bytes = null;
        try {
            bytes = read(trust.folder, "manifest.json", MOST_MANIFEST_BYTES);
            manifest = object(new Json(bytes).value());
            require("holdfast-package/1".equals(manifest.get("format")), "manifest.json is of another format than this checks");
            say("files", files(trust.folder, manifest));
        } catch (Failed e) {
            failures.addAll(e.getMessage().lines().toList());
        }
        try {
            byte[] entry = read(trust.folder, "record/entry.jws", MOST_RECORD_BYTES);
            Proof proof = Proof.parse(read(trust.folder, "record/entry.tlog-proof", MOST_RECORD_BYTES));
            try {
                say("checkpoint", signatures(proof.checkpoint, trust));
            } catch (Failed e) {
                failures.add(e.getMessage());
            }
            try {
                say("proof", included(entry, proof));
            } catch (Failed e) {
                failures.add(e.getMessage());
            }
            if (manifest != null) {
                say("entry", commits(entry, manifest, bytes, proof.checkpoint));
            }
        } catch (Failed e) {
            failures.add(e.getMessage());
        }
        System.out.println();
        if (!failures.isEmpty()) {
            failures.forEach(failure -> System.out.println("FAILED: " + failure));
            System.out.println("Do not rely on this package.");
            return false;
        }
        System.out.println("PROVED: these are, to the byte, the files that the log of the key you gave committed to for request "
                + shown(manifest.get("request")) + ".");
        System.out.println("NOT PROVED: that what is in them is true or all there is; that the key is the right one; and "
                + (trust.witnesses.isEmpty()
                        ? "that the log shows everybody the same, since no witness was asked for."
                        : "that the witnesses do not lie together."));
        System.out.println("Receipt, to be sent back: " + hex("SHA-512", bytes));
        return true;
    }

    // 1. The files are those of manifest.json.

    static String files(Path folder, Map<String, Object> manifest) throws IOException, Failed {
        Set<String> expected = new LinkedHashSet<>();
        List<String> wrong = new ArrayList<>();
        StringBuilder sums = new StringBuilder();
        long bytes = 0;
        for (Object one : list(manifest.get("files"))) {
            Map<String, Object> file = object(one);
            String name = text(file.get("name"));
            // The manifest may be hostile: it must not lead out of the folder.
            require(
                    name.matches("data(/[a-z0-9]([a-z0-9.-]*[a-z0-9])?)+|letter(-[a-z0-9]+)*\\.txt") && !name.contains(".."),
                    "manifest.json names a file that may not be called so: " + shown(name));
            require(expected.add(name), "manifest.json names a file twice: " + name);
            if (name.startsWith("data/")) {
                sums.append(text(file.get("sha512"))).append("  ").append(name).append('\n');
            }
            Path path = folder.resolve(name);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                wrong.add("missing: " + name);
            } else if (Files.size(path) != number(file.get("bytes"))) {
                wrong.add("of another size than manifest.json says: " + name);
            } else if (!sha512(path).equals(file.get("sha512"))) {
                wrong.add("changed, its SHA-512 is another than in manifest.json: " + name);
            } else {
                bytes += Files.size(path);
            }
        }
        byte[] list = read(folder, "manifest-sha512.txt", MOST_MANIFEST_BYTES);
        if (!Arrays.equals(list, sums.toString().getBytes(StandardCharsets.UTF_8))) {
            wrong.add("manifest-sha512.txt, which sha512sum reads, says something else than manifest.json");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            Set<String> there = all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
            there.removeAll(expected);
            there.removeAll(KNOWN);
            there.forEach(name -> wrong.add("not part of the package, remove it and look where it came from: " + shown(name)));
        }
        require(wrong.isEmpty(), String.join("\n", wrong));
        return expected.size() + ", " + bytes + " bytes, none missing, none too many";
    }

    // 2. The entry commits to manifest.json.

    static String commits(byte[] entry, Map<String, Object> manifest, byte[] bytes, Checkpoint checkpoint) throws Failed {
        String[] parts = new String(entry, StandardCharsets.US_ASCII).split("\\.", -1);
        require(parts.length == 3, "record/entry.jws is no compact JWS");
        Map<String, Object> header = object(new Json(base64Url(parts[0])).value());
        Map<String, Object> payload = object(new Json(base64Url(parts[1])).value());
        require("holdfast-package-made+sd-jwt".equals(header.get("typ")), "the entry is of another kind, and commits to no package");
        require(checkpoint.origin.equals(payload.get("iss")), "the entry is of another log than the checkpoint");
        require(text(payload.get("sub")).equals(manifest.get("request")), "the entry is about another request than manifest.json");
        require(
                hex("SHA-256", bytes).equals(payload.get("manifest")),
                "the entry commits to another manifest.json: this one was changed, or belongs to another package");
        return "commits to manifest.json, SHA-256 " + payload.get("manifest");
    }

    // 3. The entry is in the tree of the checkpoint. RFC 9162 section 2.1.3.2; SHA-256(0x00 || entry), SHA-256(0x01 || left || right).

    static String included(byte[] entry, Proof proof) throws Failed {
        require(
                proof.index < proof.checkpoint.size,
                "the proof is of entry " + proof.index + ", and the tree of the checkpoint has only " + proof.checkpoint.size);
        byte[] hash = sha256(new byte[] {0}, entry);
        long at = proof.index;
        long last = proof.checkpoint.size - 1;
        boolean isTooLong = false;
        for (byte[] sibling : proof.hashes) {
            isTooLong |= last == 0;
            if ((at & 1) == 1 || at == last) {
                hash = sha256(new byte[] {1}, sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = sha256(new byte[] {1}, hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        require(
                !isTooLong && last == 0 && Arrays.equals(hash, proof.checkpoint.root),
                "the proof does not lead from this entry to the root of the checkpoint: it is of another entry, or of another tree");
        return "entry " + proof.index + " of the " + proof.checkpoint.size + " in " + shown(proof.checkpoint.origin);
    }

    // 4. The log's key has signed the checkpoint, and so have the witnesses.

    static String signatures(Checkpoint checkpoint, Trust trust) throws Failed {
        require(
                trust.log.name.equals(checkpoint.origin),
                "the checkpoint is of the log " + shown(checkpoint.origin) + ", and the key of " + shown(trust.log.name));
        require(
                checkpoint.isSignedBy(trust.log),
                "the checkpoint is not signed by the log key " + shown(trust.log.name) + " (" + trust.log.id + ")");
        List<String> cosigned = new ArrayList<>();
        for (Key witness : trust.witnesses) {
            if (checkpoint.isSignedBy(witness)) {
                cosigned.add(witness.name);
            }
        }
        require(
                cosigned.size() >= trust.quorum,
                "the checkpoint is cosigned by " + cosigned.size() + " of your witnesses, and you ask for " + trust.quorum);
        return "signed by " + shown(trust.log.name) + (cosigned.isEmpty() ? "" : ", and by " + shown(String.join(", ", cosigned)));
    }

    /** A verifier key: name, four bytes of a hash of it in hex, and base64 of a type and an Ed25519 key. c2sp.org/signed-note. */
    static final class Key {
        static final int LOG = 1;
        static final int WITNESS = 4;
        /** What X.509 has before the 32 bytes of such a key, RFC 8410. */
        static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

        final String name;
        final String id;
        final int type;
        final PublicKey key;

        Key(String text, int type) throws Unusable {
            String[] parts = text.split("\\+", 3);
            try {
                byte[] typed = Base64.getDecoder().decode(parts[2]);
                if (typed[0] != type || typed.length != 33) {
                    throw new Unusable("this takes Ed25519 keys alone, type 1 of a log and 4 of a witness: " + shown(text));
                }
                this.name = parts[0];
                this.id = parts[1];
                this.type = type;
                byte[] hash = sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed);
                if (!HexFormat.of().formatHex(hash, 0, 4).equals(id)) {
                    throw new Unusable("the key is damaged, its id does not fit: " + shown(text));
                }
                this.key = KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(join(X509, Arrays.copyOfRange(typed, 1, 33))));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | GeneralSecurityException e) {
                throw new Unusable("this is no verifier key, name+id+base64: " + shown(text));
            }
        }

        boolean made(byte[] signature, byte[] message) throws GeneralSecurityException {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        }
    }

    /** Three lines, origin, size and root; an empty line; signatures. c2sp.org/tlog-checkpoint. */
    static final class Checkpoint {
        final String text;
        final List<String> signatures;
        final String origin;
        final long size;
        final byte[] root;

        Checkpoint(String note) throws Failed {
            int end = note.indexOf("\n\n");
            require(end > 0 && note.endsWith("\n"), "the checkpoint is not a signed note");
            text = note.substring(0, end + 1);
            signatures = note.substring(end + 2).lines().toList();
            String[] lines = text.split("\n", -1);
            require(lines.length == 4, "the checkpoint does not have three lines");
            origin = lines[0];
            size = decimal(lines[1]);
            root = base64(lines[2]);
            require(root.length == 32, "the checkpoint has no root");
        }

        /** A line that bears the key's name and id must be right. Lines of others say nothing. */
        boolean isSignedBy(Key key) throws Failed {
            boolean found = false;
            for (String line : signatures) {
                String start = "\u2014 " + key.name + " ";
                byte[] signature = line.startsWith(start) ? base64(line.substring(start.length())) : new byte[0];
                if (signature.length > 4 && HexFormat.of().formatHex(signature, 0, 4).equals(key.id)) {
                    require(
                            holds(key, Arrays.copyOfRange(signature, 4, signature.length)),
                            "the checkpoint was changed or forged: the signature of " + shown(key.name) + " does not fit it");
                    found |= key.type == Key.LOG || isTimely(signature);
                }
            }
            return found;
        }

        private boolean holds(Key key, byte[] signature) {
            try {
                if (key.type == Key.LOG) {
                    return key.made(signature, text.getBytes(StandardCharsets.UTF_8));
                }
                // A witness puts its time before: c2sp.org/tlog-cosignature.
                String message = "cosignature/v1\ntime " + ByteBuffer.wrap(signature).getLong() + "\n" + text;
                return key.made(
                        Arrays.copyOfRange(signature, 8, signature.length), message.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException | RuntimeException e) {
                return false;
            }
        }

        /** A witness vouches as of a time; one that is yet to come, or none, does not count. */
        private static boolean isTimely(byte[] signature) {
            long time = ByteBuffer.wrap(signature, 4, 8).getLong();
            return time > 0 && time <= Instant.now().getEpochSecond() + 300;
        }
    }

    /** c2sp.org/tlog-proof. */
    static final class Proof {
        final long index;
        final List<byte[]> hashes;
        final Checkpoint checkpoint;

        private Proof(long index, List<byte[]> hashes, Checkpoint checkpoint) {
            this.index = index;
            this.hashes = hashes;
            this.checkpoint = checkpoint;
        }

        static Proof parse(byte[] bytes) throws Failed {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf("\n\n");
            require(end > 0, "the proof has no checkpoint");
            List<String> lines = new ArrayList<>(text.substring(0, end).lines().toList());
            require(lines.remove(0).equals("c2sp.org/tlog-proof@v1"), "record/entry.tlog-proof is no proof of version 1");
            if (!lines.isEmpty() && lines.get(0).startsWith("extra ")) {
                lines.remove(0); // nothing vouches for it
            }
            require(!lines.isEmpty() && lines.get(0).startsWith("index "), "the proof has no index");
            long index = decimal(lines.remove(0).substring("index ".length()));
            List<byte[]> hashes = new ArrayList<>();
            for (String line : lines) {
                hashes.add(base64(line));
                require(hashes.get(hashes.size() - 1).length == 32 && hashes.size() <= 64, "the proof has a wrong hash");
            }
            return new Proof(index, hashes, new Checkpoint(text.substring(end + 2)));
        }
    }

    /** What the one who checks brings. */
    static final class Trust {
        Path folder;
        Key log;
        final List<Key> witnesses = new ArrayList<>();
        int quorum = -1;

        static Trust of(String[] arguments) throws Unusable {
            Trust trust = new Trust();
            for (int i = 0; i < arguments.length; i++) {
                boolean isOption = arguments[i].startsWith("--");
                if (isOption && i + 1 == arguments.length) {
                    throw new Unusable(shown(arguments[i]) + " lacks its value");
                }
                switch (arguments[i]) {
                    case "--log-key" -> trust.log = new Key(arguments[++i], Key.LOG);
                    case "--witness" -> trust.add(new Key(arguments[++i], Key.WITNESS));
                    case "--quorum" -> trust.quorum = quorum(arguments[++i]);
                    default -> {
                        if (isOption || trust.folder != null) {
                            throw new Unusable("unknown: " + shown(arguments[i]));
                        }
                        trust.folder = Path.of(arguments[i]);
                    }
                }
            }
            if (trust.folder == null || trust.log == null) {
                throw new Unusable("a folder and --log-key are needed");
            }
            if (!Files.isDirectory(trust.folder)) {
                throw new Unusable("there is no such folder: " + shown(trust.folder));
            }
            trust.quorum = trust.quorum < 0 ? trust.witnesses.size() : trust.quorum;
            if (trust.quorum > trust.witnesses.size()) {
                throw new Unusable("--quorum is larger than the number of witnesses");
            }
            return trust;
        }

        /** One witness under two names is one witness. */
        private void add(Key witness) throws Unusable {
            for (Key other : witnesses) {
                if (other.key.equals(witness.key)) {
                    throw new Unusable("a witness is named twice: " + shown(witness.name));
                }
            }
            witnesses.add(witness);
        }

        private static int quorum(String text) throws Unusable {
            if (!text.matches("[0-9]{1,4}")) {
                throw new Unusable("--quorum must be a number");
            }
            return Integer.parseInt(text);
        }
    }

    /** JSON as packages have it: objects, lists, strings, whole numbers, true and false. No member twice. RFC 8259. */
    static final class Json {
        private final String text;
        private int at;
        private int depth;

        Json(byte[] bytes) {
            text = new String(bytes, StandardCharsets.UTF_8);
        }

        Object value() throws Failed {
            Object value = next();
            require(at == text.length(), "there is something after the end of the JSON");
            return value;
        }

        private Object next() throws Failed {
            require(depth < 16, "the JSON is too deep");
            char c = peek();
            if (c == '{') {
                return members();
            }
            if (c == '[') {
                return elements();
            }
            if (c == '"') {
                return string();
            }
            for (String word : List.of("true", "false")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("true");
                }
            }
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return decimal(text.substring(start, at));
        }

        private Map<String, Object> members() throws Failed {
            Map<String, Object> members = new LinkedHashMap<>();
            depth++;
            expect('{');
            while (peek() != '}') {
                if (!members.isEmpty()) {
                    expect(',');
                }
                String name = string();
                expect(':');
                require(members.put(name, next()) == null, "the JSON has a member twice");
            }
            expect('}');
            depth--;
            return members;
        }

        private List<Object> elements() throws Failed {
            List<Object> elements = new ArrayList<>();
            depth++;
            expect('[');
            while (peek() != ']') {
                if (!elements.isEmpty()) {
                    expect(',');
                }
                elements.add(next());
            }
            expect(']');
            depth--;
            return elements;
        }

        private String string() throws Failed {
            StringBuilder string = new StringBuilder();
            expect('"');
            for (char c = peek(); c != '"'; c = peek()) {
                at++;
                if (c == '\\') {
                    c = escaped(peek());
                }
                string.append(c);
            }
            expect('"');
            return string.toString();
        }

        private char escaped(char c) throws Failed {
            at++;
            if (c == 'u') {
                require(text.length() >= at + 4 && text.substring(at, at + 4).matches("[0-9a-f]{4}"), "the JSON has a wrong escape");
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            int known = "\"\\/bfnrt".indexOf(c);
            require(known >= 0, "the JSON has a wrong escape");
            return "\"\\/\b\f\n\r\t".charAt(known);
        }

        private char peek() throws Failed {
            require(at < text.length(), "the JSON ends too early");
            return text.charAt(at);
        }

        private void expect(char c) throws Failed {
            require(peek() == c, "the JSON is not canonical, or broken");
            at++;
        }
    }

    // Small things.

    static void require(boolean holds, String otherwise) throws Failed {
        if (!holds) {
            throw new Failed(otherwise);
        }
    }

    @SuppressWarnings("unchecked") // Json makes no other maps
    static Map<String, Object> object(Object value) throws Failed {
        require(value instanceof Map, "the JSON has no object where one belongs");
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // nor other lists
    static List<Object> list(Object value) throws Failed {
        require(value instanceof List, "the JSON has no list where one belongs");
        return (List<Object>) value;
    }

    static String text(Object value) throws Failed {
        require(value instanceof String, "the JSON has no string where one belongs");
        return (String) value;
    }

    static long number(Object value) throws Failed {
        require(value instanceof Long, "the JSON has no number where one belongs");
        return (Long) value;
    }

    static long decimal(String text) throws Failed {
        require(text.matches("0|[1-9][0-9]{0,17}"), "a number is not written as it must be");
        return Long.parseLong(text);
    }

    static byte[] base64(String text) throws Failed {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Failed("base64 is not written as it must be");
        }
    }

    static byte[] base64Url(String text) throws Failed {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Failed("base64url is not written as it must be");
        }
    }

    static byte[] read(Path folder, String name, int most) throws IOException, Failed {
        Path path = folder.resolve(name);
        require(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS), "missing: " + name);
        require(Files.size(path) <= most, "too large: " + name);
        return Files.readAllBytes(path);
    }

    static String sha512(Path path) throws IOException {
        MessageDigest digest = digest("SHA-512");
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm).digest(bytes));
    }

    static byte[] sha256(byte[]... parts) {
        return digest("SHA-256").digest(join(parts));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + algorithm, e);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    static void say(String what, String found) {
        System.out.printf("%-11s %s%n", what, found);
    }

    /** What others wrote, without what a terminal would act on. */
    static String shown(Object text) {
        String plain = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }
}
