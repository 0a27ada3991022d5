package io.holdfast.policy;

import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registry of enrolled authorities, read from a directory of files. It changes with every enrolment and no rule
 * depends on it, so it has a digest of its own and is no part of a set's lock.
 *
 * @param authorities sorted by id
 * @param digest over the files as a set's lock has it, in hex
 */
public record AuthorityFiles(List<Authority> authorities, String digest) {

    private static final Map<String, AuthorityLevel> LEVELS = Stream.of(AuthorityLevel.values())
            .filter(Term::isKnown)
            .collect(Collectors.toMap(AuthorityLevel::code, level -> level));
    private static final Map<String, Authority.Enrolment> ENROLMENTS =
            Spelling.of(Authority.Enrolment.values(), Authority.Enrolment::code);
    private static final int KEY_BYTES = 32;
    private static final int MOST_PEM_CHARS = 16_384;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END CERTIFICATE-----\n");

    public AuthorityFiles {
        authorities = List.copyOf(authorities);
    }

    /**
     * @param dir the directory that holds the files, for example {@code policies/authorities}
     */
    public static AuthorityFiles read(Path dir, Vocabulary vocabulary) throws PolicyException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Directory.read(dir, PolicySet::looksLikeYaml).forEach((path, bytes) -> files.put("authorities/" + path, bytes));
        return of(files, vocabulary);
    }

    /** Files by path, each {@code authorities/NAME.yaml}. */
    public static AuthorityFiles of(SortedMap<String, byte[]> files, Vocabulary vocabulary) throws PolicyException {
        Problems problems = new Problems();
        Ids ids = new Ids();
        SortedMap<String, Authority> byId = new TreeMap<>();
        files.forEach((path, bytes) -> {
            if (!path.matches("authorities/" + Place.NAME + "\\.yaml")) {
                problems.add(path, 1, 1, "is at no place where authorities are read; name it authorities/NAME.yaml");
                return;
            }
            StrictYaml.read(path, bytes, "Authority", problems)
                    .map(Section::reopened)
                    .flatMap(section -> authority(section, ids, vocabulary))
                    .ifPresent(authority -> byId.put(authority.id(), authority));
        });
        problems.throwIfAny();
        return new AuthorityFiles(new ArrayList<>(byId.values()), Lock.of(files).digest());
    }

    private static Optional<Authority> authority(Section root, Ids ids, Vocabulary vocabulary) {
        root.allow(
                "id",
                "name",
                "jurisdiction",
                "level",
                "enrolment",
                "national-security-unit",
                "sends",
                "issues",
                "key",
                "certificate");
        String id = ids.take(root.need("id"));
        String name = root.need("name").text();
        Jurisdiction jurisdiction = known(root.need("jurisdiction"), Dimension.ISSUER_JURISDICTION, vocabulary)
                .map(Jurisdiction.class::cast)
                .orElse(null);
        AuthorityLevel level = root.need("level").oneOf(LEVELS);
        Authority.Enrolment enrolment = root.need("enrolment").oneOf(ENROLMENTS);
        boolean nationalSecurityUnit = root.need("national-security-unit").yes();
        Set<Instrument> sends = instruments(root.need("sends"), vocabulary);
        Set<Instrument> issues = instruments(root.need("issues"), vocabulary);
        Optional<String> key = root.find("key").map(AuthorityFiles::key);
        Optional<String> certificate = root.find("certificate").map(AuthorityFiles::certificate);
        return root.isSound()
                ? Optional.of(new Authority(
                        id,
                        name,
                        jurisdiction,
                        level,
                        enrolment,
                        nationalSecurityUnit,
                        sends,
                        issues,
                        key,
                        certificate))
                : Optional.empty();
    }

    private static Set<Instrument> instruments(Value list, Vocabulary vocabulary) {
        return Value.distinct(
                list.listOrNone(),
                value -> known(value, Dimension.INSTRUMENT, vocabulary)
                        .map(Instrument.class::cast)
                        .orElse(null));
    }

    private static Optional<Term> known(Value value, Dimension dimension, Vocabulary vocabulary) {
        String code = value.text();
        if (code == null) {
            return Optional.empty();
        }
        Optional<Term> term = vocabulary.term(dimension, code);
        if (term.isEmpty()) {
            value.unknown(code, vocabulary.words(dimension).keySet());
        }
        return term;
    }

    /**
     * One certificate in PEM (RFC 7468) in the one spelling that reads back; what is in it is looked at by whoever encrypts for it.
     */
    private static String certificate(Value value) {
        String text = value.text();
        if (text == null) {
            return "";
        }
        Matcher pem = PEM.matcher(text);
        if (text.length() <= MOST_PEM_CHARS && pem.matches()) {
            String body = pem.group(1).replace("\n", "");
            try {
                if (Base64.getEncoder()
                        .encodeToString(Base64.getDecoder().decode(body))
                        .equals(body)) {
                    return text;
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        return value.wrong("must be one certificate in PEM as a block, 'certificate: |' and below it, indented,"
                + " -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----");
    }

    /** Only the one spelling: decoding and encoding again must give the same text. */
    private static String key(Value value) {
        String text = value.text();
        try {
            byte[] key =
                    text == null ? new byte[KEY_BYTES] : Base64.getUrlDecoder().decode(text);
            boolean isPrinted = text == null
                    || Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(key)
                            .equals(text);
            return isPrinted && key.length == KEY_BYTES
                    ? text
                    : value.wrong("must be 32 bytes as base64url without padding");
        } catch (IllegalArgumentException e) {
            return value.wrong("must be 32 bytes as base64url without padding");
        }
    }
}
