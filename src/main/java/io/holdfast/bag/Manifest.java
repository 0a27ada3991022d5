package io.holdfast.bag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Claims;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is in a package and what it answers. Names nobody: an entry of the log commits to it, and whoever reads the log may see
 * that digest. Its bytes are canonical JSON (RFC 8785), so that there is one spelling of it.
 *
 * @param request the id of the request
 * @param decision the index of the entry that decided it
 * @param categories the codes of the categories of data that were given
 * @param from the first instant of what may be in it, and {@code to} the first one after it
 * @param accountsAsked how many accounts the request names
 * @param accountsFound how many of them there are
 * @param items how many things the store gave
 * @param files every file that the digest protects, in the order of their names
 */
public record Manifest(
        String request,
        long decision,
        SortedSet<String> categories,
        Instant from,
        Instant to,
        int accountsAsked,
        int accountsFound,
        long items,
        List<PackageFile> files) {

    /** Of the file that it is. */
    public static final int MOST_BYTES = 32 << 20;

    public static final int MOST_FILES = 100_000;

    /** 32 GiB of files. AES-GCM takes 64 GiB under one nonce (NIST SP 800-38D section 5.2.1.1). */
    public static final long MOST_BYTES_OF_FILES = 1L << 35;

    /** The member {@code format}: what this is, and that it is the first form of it. */
    static final String FORMAT = "holdfast-package/1";

    private static final Pattern REQUEST = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
    private static final Pattern CATEGORY = Pattern.compile("[A-Z][A-Z0-9_-]{0,63}");
    private static final int MOST_CATEGORIES = 100;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** 2^53 - 1, the largest integer that every JSON reader keeps exactly. */
    private static final long LARGEST = 9_007_199_254_740_991L;

    public Manifest {
        categories = Collections.unmodifiableSortedSet(new TreeSet<>(categories));
        files = List.copyOf(files);
        check(REQUEST.matcher(request).matches(), "request must be a-z, 0-9 and dashes, at most 64 characters");
        check(decision >= 0 && decision <= LARGEST, "decision must be the index of an entry");
        check(!categories.isEmpty() && categories.size() <= MOST_CATEGORIES, "categories must be 1 to 100");
        check(
                categories.stream().allMatch(code -> CATEGORY.matcher(code).matches()),
                "categories must be codes of categories of data");
        check(
                !from.isBefore(Instant.EPOCH) && from.isBefore(to) && !to.isAfter(LATEST),
                "from must be before to, both in the years 1970 to 9999");
        check(accountsAsked >= 1, "accounts asked must be 1 at least");
        check(accountsFound >= 0 && accountsFound <= accountsAsked, "accounts found must be 0 to those asked");
        check(items >= 0 && items <= LARGEST, "items must be a count");
        checkFiles(files);
    }

    private static void checkFiles(List<PackageFile> files) {
        check(!files.isEmpty() && files.size() <= MOST_FILES, "files must be 1 to " + MOST_FILES);
        Set<String> names = new HashSet<>();
        String last = "";
        long left = MOST_BYTES_OF_FILES;
        for (PackageFile file : files) {
            check(last.compareTo(file.name()) < 0, "files must be in the order of their names, each once");
            last = file.name();
            names.add(file.name());
            left -= file.bytes();
            check(left >= 0, "files must have " + MOST_BYTES_OF_FILES + " bytes together at most");
        }
        for (PackageFile file : files) {
            for (int slash = file.name().indexOf('/');
                    slash >= 0;
                    slash = file.name().indexOf('/', slash + 1)) {
                check(!names.contains(file.name().substring(0, slash)), "nothing may be a file and a folder");
            }
        }
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new UnreadableException("manifest: " + rule);
        }
    }

    /** @throws UnreadableException if the bytes are not a manifest in its one spelling */
    public static Manifest parse(byte[] bytes) {
        check(bytes.length <= MOST_BYTES, "must be at most " + MOST_BYTES + " bytes");
        Claims json = new Claims("manifest", CanonicalJson.readObject("manifest", bytes));
        if (!json.text("format").equals(FORMAT)) {
            throw json.wrong("format", FORMAT + "; a newer version may read it");
        }
        Claims accounts = json.object("accounts");
        Manifest manifest = new Manifest(
                json.text("request"),
                json.number("decision"),
                new TreeSet<>(json.texts("categories")),
                json.instant("from"),
                json.instant("to"),
                accounts.count("asked"),
                accounts.count("found"),
                json.number("items"),
                json.objects("files").stream()
                        .map(file -> new PackageFile(
                                file.text("name"), file.number("bytes"), new Sha512(file.text("sha512"))))
                        .toList());
        // What this does not know, it would not have written.
        check(Arrays.equals(manifest.bytes(), bytes), "has members that it must not have, or lists in another order");
        return manifest;
    }

    /** The file {@code manifest.json}, to the byte. */
    public byte[] bytes() {
        ObjectNode json = CanonicalJson.object();
        json.put("format", FORMAT);
        json.put("request", request);
        json.put("decision", decision);
        json.set("categories", Claims.list(categories));
        json.put("from", from.toString());
        json.put("to", to.toString());
        json.putObject("accounts").put("asked", accountsAsked).put("found", accountsFound);
        json.put("items", items);
        ArrayNode list = json.putArray("files");
        files.forEach(file -> list.addObject()
                .put("name", file.name())
                .put("bytes", file.bytes())
                .put("sha512", file.sha512().hex()));
        byte[] bytes = CanonicalJson.write(json);
        check(bytes.length <= MOST_BYTES, "must be at most " + MOST_BYTES + " bytes");
        return bytes;
    }

    /** SHA-256 of its bytes: what the entry of the log commits to. Anybody may see it. */
    public Hash digest() {
        return Hash.sha256(bytes());
    }

    /** SHA-512 of its bytes: whoever can say it has opened the package. It stands nowhere outside of it. */
    public Sha512 receipt() {
        return Sha512.of(bytes());
    }

    /** The bag's folder in the ZIP, and the name of the ZIP without its ending. */
    public String folder() {
        return "package-" + request;
    }

    /** What was asked for, without the letters. */
    public List<PackageFile> data() {
        return files.stream().filter(PackageFile::isData).toList();
    }
}
