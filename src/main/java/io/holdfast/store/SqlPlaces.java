package io.holdfast.store;

import io.holdfast.webhook.Places;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** The places of receivers, in the database of the log. Where replicas share it, the row is locked while one of them sends. */
public final class SqlPlaces implements Places {

    private final Database database;

    public SqlPlaces(Database database) {
        this.database = database;
    }

    @Override
    public OptionalLong move(String receiver, long start, LongUnaryOperator send) {
        try (Connection connection = database.source().getConnection()) {
            add(connection, receiver, start);
            // One process needs no lock, and its writer must not wait for a receiver: then each statement commits by
            // itself.
            connection.setAutoCommit(!database.engine().locksRows());
            OptionalLong next = next(connection, receiver);
            if (next.isPresent()) {
                long moved = send.applyAsLong(next.getAsLong());
                if (moved != next.getAsLong()) {
                    write(connection, receiver, moved);
                }
                next = OptionalLong.of(moved);
            }
            if (database.engine().locksRows()) {
                connection.commit();
            }
            return next;
        } catch (SQLException e) {
            throw new IllegalStateException("the place of a receiver cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static void add(Connection connection, String receiver, long start) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO webhook_place (receiver, next) VALUES (?, ?) ON CONFLICT (receiver) DO NOTHING")) {
            insert.setString(1, receiver);
            insert.setLong(2, start);
            insert.executeUpdate();
        }
    }

    private OptionalLong next(Connection connection, String receiver) throws SQLException {
        String lock = database.engine().locksRows() ? " FOR UPDATE SKIP LOCKED" : "";
        try (PreparedStatement select =
                connection.prepareStatement("SELECT next FROM webhook_place WHERE receiver = ?" + lock)) {
            select.setString(1, receiver);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void write(Connection connection, String receiver, long next) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE webhook_place SET next = ? WHERE receiver = ?")) {
            update.setLong(1, next);
            update.setString(2, receiver);
            update.executeUpdate();
        }
    }
}
