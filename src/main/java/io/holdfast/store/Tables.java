package io.holdfast.store;

import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every SQL statement there is, on one connection. Plain SQL that SQLite and PostgreSQL read alike. */
final class Tables {

    private final Connection connection;

    Tables(Connection connection) {
        this.connection = connection;
    }

    /** Takes the lock under which the log grows, by touching the head row: the first write of the transaction. */
    Frontier lockHead() throws SQLException {
        if (update("UPDATE head SET size = size WHERE id = 1") == 0) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO head (id, size, frontier) VALUES (1, 0, ?)")) {
                insert.setBytes(1, Frontier.empty().encode());
                insert.executeUpdate();
            }
        }
        return head();
    }

    Frontier head() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT size, frontier FROM head WHERE id = 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Frontier.empty();
            }
            Frontier frontier = Frontier.decode(row.getBytes(2));
            if (frontier.size() != row.getLong(1)) {
                throw new SQLException(
                        "the head row contradicts itself: size " + row.getLong(1) + ", frontier " + frontier.size());
            }
            return frontier;
        }
    }

    void moveHead(Frontier frontier) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE head SET size = ?, frontier = ? WHERE id = 1")) {
            update.setLong(1, frontier.size());
            update.setBytes(2, frontier.encode());
            update.executeUpdate();
        }
    }

    void insert(long index, Draft draft) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO entry (idx, leaf, leaf_hash, jti, subject, control) VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, index);
            insert.setBytes(2, draft.leaf().bytes());
            insert.setBytes(3, draft.leaf().hash().bytes());
            insert.setString(4, draft.envelope().id());
            insert.setString(5, draft.envelope().subject());
            insert.setInt(6, draft.event().kind().isControl() ? 1 : 0);
            insert.executeUpdate();
        }
        if (draft.sealed().isPresent()) {
            insert(index, draft.sealed().get());
        }
        for (Draft.Content content : draft.contents()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO content (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")) {
                insert.setString(1, content.name());
                insert.setBytes(2, content.bytes());
                insert.executeUpdate();
            }
        }
    }

    private void insert(long index, Sealed sealed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO case_key (case_id, wrapped) VALUES (?, ?) ON CONFLICT (case_id) DO NOTHING")) {
            insert.setString(1, sealed.caseId());
            insert.setBytes(2, sealed.wrappedKey());
            insert.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO sealed (idx, case_id, box) VALUES (?, ?, ?)")) {
            insert.setLong(1, index);
            insert.setString(2, sealed.caseId());
            insert.setBytes(3, sealed.box());
            insert.executeUpdate();
        }
    }

    void insertNode(int level, long index, Hash hash) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO node (level, idx, hash) VALUES (?, ?, ?)")) {
            insert.setInt(1, level);
            insert.setLong(2, index);
            insert.setBytes(3, hash.bytes());
            insert.executeUpdate();
        }
    }

    record FirstCall(String content, long index, int entries) {}

    Optional<FirstCall> firstCall(String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT content, idx, entries FROM once WHERE call_key = ?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new FirstCall(row.getString(1), row.getLong(2), row.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    void insertFirstCall(String key, FirstCall call) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO once (call_key, content, idx, entries) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, key);
            insert.setString(2, call.content());
            insert.setLong(3, call.index());
            insert.setInt(4, call.entries());
            insert.executeUpdate();
        }
    }

    Optional<Stored> entry(long index) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT idx, leaf FROM entry WHERE idx = ?")) {
            select.setLong(1, index);
            return stored(select).stream().findFirst();
        }
    }

    List<Stored> entries(long first, int count) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT idx, leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx")) {
            select.setLong(1, first);
            select.setLong(2, first + count);
            return stored(select);
        }
    }

    List<Stored> history(String subject) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT idx, leaf FROM entry WHERE subject = ? ORDER BY idx")) {
            select.setString(1, subject);
            return stored(select);
        }
    }

    List<Stored> controlEntries() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT idx, leaf FROM entry WHERE control = 1 ORDER BY idx")) {
            return stored(select);
        }
    }

    /** The index of the last entry on a subject, or -1. */
    long lastIndex(String subject) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COALESCE(MAX(idx), -1) FROM entry WHERE subject = ?")) {
            select.setString(1, subject);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<Stored> stored(PreparedStatement select) throws SQLException {
        List<Stored> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Stored(row.getLong(1), Entry.parse(Leaf.of(row.getBytes(2)))));
            }
        }
        return entries;
    }

    Optional<Sealed> sealed(long index) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT s.case_id, k.wrapped, s.box FROM sealed s"
                + " JOIN case_key k ON k.case_id = s.case_id WHERE s.idx = ?")) {
            select.setLong(1, index);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sealed(row.getString(1), row.getBytes(2), row.getBytes(3)))
                        : Optional.empty();
            }
        }
    }

    Optional<byte[]> content(String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT bytes FROM content WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    byte[] tile(Tile tile) throws SQLException {
        boolean entries = tile instanceof Tile.Entries;
        int level = tile instanceof Tile.Hashes hashes ? hashes.level() : 0;
        String sql = entries
                ? "SELECT leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
                : level == 0
                        ? "SELECT leaf_hash FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
                        : "SELECT hash FROM node WHERE idx >= ? AND idx < ? AND level = ? ORDER BY idx";
        List<byte[]> rows = new ArrayList<>(tile.width());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, tile.first());
            select.setLong(2, tile.first() + tile.width());
            if (level > 0) {
                select.setInt(3, level);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getBytes(1));
                }
            }
        }
        if (rows.size() != tile.width()) {
            throw new SQLException(tile.path() + " has " + rows.size() + " rows in the tables; the log is damaged");
        }
        return entries
                ? Bundle.encode(rows)
                : Hash.join(rows.stream().map(Hash::of).toList());
    }

    private int update(String sql) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            return update.executeUpdate();
        }
    }
}
