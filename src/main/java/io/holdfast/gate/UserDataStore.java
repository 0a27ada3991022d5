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

/** The platform's store, as the gate asks it: for one account at a time, and for no more than was released. */
public interface UserDataStore {

    /**
     * @return what the store has of the account; nothing if it knows no such account
     * @throws UnavailableException if the store did not answer
     * @throws UnusableException if its answer cannot be understood, or holds more than was asked for
     */
    Optional<Account> read(Request.Target target, Set<DataCategory> categories, Instant from, Instant to);

    /**
     * @param country where the store says that the user lives
     * @param data by category, no category but those asked for
     */
    record Account(Jurisdiction country, Map<DataCategory, JsonNode> data) {
        public Account {
            data = Collections.unmodifiableMap(new EnumMap<>(data));
        }

        @Override
        public String toString() {
            return "Account[]";
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
