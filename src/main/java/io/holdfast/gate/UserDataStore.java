package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Request;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The platform's store, as the gate asks it: for one page of one account at a time, and for no more than was released. */
public interface UserDataStore {

    /**
     * @param page which one: what the page before named as the next; nothing for the first
     * @return what the store has of the account on that page; nothing if it knows no such account
     * @throws UnavailableException if the store did not answer
     * @throws UnusableException if its answer cannot be understood, or holds more than was asked for
     */
    Optional<Page> read(
            Request.Target target, Set<DataCategory> categories, Instant from, Instant to, Optional<Cursor> page);

    /**
     * @param country where the store says that the user lives
     * @param data by category, no category but those asked for
     * @param next where it goes on; nothing on the last page
     */
    record Page(Jurisdiction country, Map<DataCategory, JsonNode> data, Optional<Cursor> next) {
        public Page {
            data = Collections.unmodifiableMap(new EnumMap<>(data));
        }

        /** All that there is. */
        public static Page only(Jurisdiction country, Map<DataCategory, JsonNode> data) {
            return new Page(country, data, Optional.empty());
        }

        @Override
        public String toString() {
            return "Page[]";
        }
    }

    /**
     * A word of the store's for a page, which means something to the store alone. It may be made of what is on the page: so it is
     * sealed like that, and shown to nobody.
     *
     * @param text 1 to 1024 characters of ASCII that can be printed
     */
    record Cursor(String text) {

        private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,1024}");

        /** @throws UnusableException if it is none */
        public Cursor {
            if (!FORM.matcher(text).matches()) {
                throw new UnusableException("the store's name of the next page is not 1 to 1024 characters of ASCII");
            }
        }

        @Override
        public String toString() {
            return "Cursor[]";
        }
    }

    /** The store did not answer. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The store's answer cannot be used; nothing of it is handed over. */
    final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnusableException(String message) {
            super(message);
        }
    }
}
