package io.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements of one connection, each prepared once and kept until this is closed. Not for two threads at a time. */
final class Statements implements AutoCloseable {

    /** Questions about many keys are asked in these sizes, so that there are few statements to prepare. */
    private static final int[] KEYS_AT_ONCE = {1, 8, 64, 512};

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** @param sql with {@code %s} where the keys go, in brackets */
    void ask(String sql, Collection<String> keys, RowReader reader) throws SQLException {
        List<String> all = List.copyOf(keys);
        int most = KEYS_AT_ONCE[KEYS_AT_ONCE.length - 1];
        for (int from = 0; from < all.size(); from += most) {
            ask(sql, all.subList(from, Math.min(from + most, all.size())), reader);
        }
    }

    private void ask(String sql, List<String> keys, RowReader reader) throws SQLException {
        int places = 0;
        for (int i = KEYS_AT_ONCE.length - 1; i >= 0 && KEYS_AT_ONCE[i] >= keys.size(); i--) {
            places = KEYS_AT_ONCE[i];
        }
        PreparedStatement select = prepare(sql.formatted("?" + ", ?".repeat(places - 1)));
        for (int place = 0; place < places; place++) {
            // Places that are left over repeat the last key.
            select.setString(place + 1, keys.get(Math.min(place, keys.size() - 1)));
        }
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
