package io.holdfast.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Base64Url;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Claims;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a grant lets through.
 *
 * @param salt 16 random bytes, base64url, new for each grant: nobody can tell two of them about the same account
 * @param accounts a commitment each
 * @param categories the codes of the categories of data
 * @param from the first instant of what may be given, and {@code to} the first one after it
 */
public record GrantScope(
        String salt, SortedSet<String> accounts, SortedSet<String> categories, Instant from, Instant to) {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One account, as the store is asked for it. */
    public record Account(String kind, String value) {
        /** Never shows a person. */
        @Override
        public String toString() {
            return "Account[" + kind + "]";
        }
    }

    public GrantScope {
        accounts = Collections.unmodifiableSortedSet(new TreeSet<>(accounts));
        categories = Collections.unmodifiableSortedSet(new TreeSet<>(categories));
        if (accounts.isEmpty() || categories.isEmpty()) {
            throw new UnreadableException("scope: a grant is for one account and one category at least");
        }
        if (!from.isBefore(to)) {
            throw new UnreadableException("scope: from must be before to");
        }
    }

    /** Of these accounts, under a new salt. */
    public static GrantScope of(List<Account> accounts, SortedSet<String> categories, Instant from, Instant to) {
        byte[] bytes = new byte[SALT_BYTES];
        RANDOM.nextBytes(bytes);
        String salt = Base64Url.print(bytes);
        SortedSet<String> commitments = new TreeSet<>();
        accounts.forEach(account -> commitments.add(commitment(salt, account)));
        return new GrantScope(salt, commitments, categories, from, to);
    }

    private static String commitment(String salt, Account account) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Base64Url.parse("salt", salt));
        bytes.writeBytes(account.kind().getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        bytes.writeBytes(account.value().getBytes(StandardCharsets.UTF_8));
        return Base64Url.print(Hash.sha256(bytes.toByteArray()).bytes());
    }

    public boolean hasAccount(Account account) {
        return accounts.contains(commitment(salt, account));
    }

    /** What an entry of the log holds of it, and of whoever alone may use it. */
    public Hash bound(Optional<String> holder) {
        ObjectNode json = CanonicalJson.object();
        holder.ifPresent(thumbprint -> json.put("holder", thumbprint));
        json.set("scope", json());
        return Hash.sha256(CanonicalJson.write(json));
    }

    ObjectNode json() {
        ObjectNode json = CanonicalJson.object();
        json.set("accounts", Claims.list(accounts));
        json.set("categories", Claims.list(categories));
        json.put("from", from.toString());
        json.put("salt", salt);
        json.put("to", to.toString());
        return json;
    }

    static GrantScope read(Claims json) {
        String salt = json.text("salt");
        if (Base64Url.parse("salt", salt).length != SALT_BYTES) {
            throw json.wrong("salt", SALT_BYTES + " bytes");
        }
        return new GrantScope(
                salt,
                new TreeSet<>(json.texts("accounts")),
                new TreeSet<>(json.texts("categories")),
                json.instant("from"),
                json.instant("to"));
    }
}
