package io.holdfast.store;

import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import io.holdfast.vault.WrappedKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every question and every change that the tables see, on one connection. Plain SQL that SQLite and PostgreSQL read alike.
 * Closing this closes what was prepared, and leaves the connection open.
 */
final class Tables implements AutoCloseable {

    /** What {@link #shred} deletes from. */
    static final List<String> SHREDDED = List.of("case_key", "sealed", "once", "pseudonym", "spool");

    private final Statements statements;

    Tables(Connection connection) {
        this.statements = new Statements(connection);
    }

    /** Takes the lock under which the log grows, by touching the head row: the first write of the transaction. */
    Frontier lockHead() throws SQLException {
        return head("UPDATE head SET size = size WHERE id = 1 RETURNING size, frontier")
                .orElseThrow(() -> new SQLException("the head row is gone; restore the database from a backup"));
    }

    /**
     * Locks the head for a writer that opens the log, and makes the row if there is none yet. This writes: whatever an
     * earlier connection of this writer had not finished committing is there when this returns, or never comes.
     */
    Frontier open() throws SQLException {
        PreparedStatement first = statements.prepare(
                "INSERT INTO head (id, size, frontier, opened) VALUES (1, 0, ?, 0)" + " ON CONFLICT (id) DO NOTHING");
        first.setBytes(1, Frontier.empty().encode());
        first.executeUpdate();
        return head("UPDATE head SET opened = opened + 1 WHERE id = 1 RETURNING size, frontier")
                .orElseThrow();
    }

    /** Nothing before the log was opened for the first time. */
    Optional<Frontier> head() throws SQLException {
        return head("SELECT size, frontier FROM head WHERE id = 1");
    }

    private Optional<Frontier> head(String sql) throws SQLException {
        try (ResultSet row = statements.prepare(sql).executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            Frontier frontier = Frontier.decode(row.getBytes(2));
            if (frontier.size() != row.getLong(1)) {
                throw new IllegalStateException(
                        "the head row contradicts itself: size " + row.getLong(1) + ", frontier " + frontier.size());
            }
            return Optional.of(frontier);
        }
    }

    void moveHead(Frontier frontier) throws SQLException {
        PreparedStatement update = statements.prepare("UPDATE head SET size = ?, frontier = ? WHERE id = 1");
        update.setLong(1, frontier.size());
        update.setBytes(2, frontier.encode());
        update.executeUpdate();
    }

    /** An entry that is to stand at this index. */
    record Row(long index, Draft draft) {}

    /** The root of a full subtree of 256^level entries. */
    record Node(int level, long index, Hash hash) {}

    void insert(List<Row> rows) throws SQLException {
        PreparedStatement entry = statements.prepare(
                "INSERT INTO entry (idx, leaf, leaf_hash, jti, subject, control) VALUES (?, ?, ?, ?, ?, ?)");
        for (Row row : rows) {
            Draft draft = row.draft();
            entry.setLong(1, row.index());
            entry.setBytes(2, draft.leaf().bytes());
            entry.setBytes(3, draft.leaf().hash().bytes());
            entry.setString(4, draft.envelope().id());
            entry.setString(5, draft.envelope().subject());
            entry.setInt(6, draft.event().kind().isControl() ? 1 : 0);
            entry.addBatch();
        }
        entry.executeBatch();
        insertSealed(
                rows.stream().filter(row -> row.draft().sealed().isPresent()).toList());
        insertContents(
                rows.stream().flatMap(row -> row.draft().contents().stream()).toList());
        for (Row row : rows) {
            // Last of all, so that nothing of the case outlives it, wherever in the batch it stood.
            if (row.draft().event() instanceof Event.CaseShredded) {
                shred(row.draft().envelope().subject(), row.index());
            }
        }
    }

    /**
     * Destroys what a case has sealed, and what could lead to it: its key, its boxes, what it has on the spool, the rows by which
     * its first call would be recognised, and those by which its officer and accounts are found. In the transaction of the entry that says so.
     */
    private void shred(String caseId, long index) throws SQLException {
        PreparedStatement insert = statements.prepare("INSERT INTO shredded (case_id, idx) VALUES (?, ?)");
        insert.setString(1, caseId);
        insert.setLong(2, index);
        insert.executeUpdate();
        for (String delete : List.of(
                "DELETE FROM case_key WHERE case_id = ?",
                "DELETE FROM spool WHERE case_id = ?",
                "DELETE FROM once WHERE idx IN (SELECT idx FROM entry WHERE subject = ?)",
                "DELETE FROM pseudonym WHERE idx IN (SELECT idx FROM entry WHERE subject = ?)")) {
            PreparedStatement statement = statements.prepare(delete);
            statement.setString(1, caseId);
            statement.executeUpdate();
        }
        // Not those that have a key of their own: who shredded the case can still be opened.
        PreparedStatement boxes = statements.prepare(
                "DELETE FROM sealed WHERE idx IN (SELECT idx FROM entry WHERE subject = ?) AND case_id = ?");
        boxes.setString(1, caseId);
        boxes.setString(2, caseId);
        boxes.executeUpdate();
    }

    /** Those of these cases whose key was destroyed. */
    private Set<String> shredded(Collection<String> cases) throws SQLException {
        Set<String> found = new HashSet<>();
        statements.ask("SELECT case_id FROM shredded WHERE case_id IN (%s)", cases, row -> found.add(row.getString(1)));
        return found;
    }

    private void insertSealed(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement key = statements.prepare(
                "INSERT INTO case_key (case_id, wrapped, master) VALUES (?, ?, ?) ON CONFLICT (case_id) DO NOTHING");
        PreparedStatement box = statements.prepare("INSERT INTO sealed (idx, case_id, box) VALUES (?, ?, ?)");
        PreparedStatement pseudonym = statements.prepare("INSERT INTO pseudonym (tag, idx) VALUES (?, ?)");
        // No key comes back for a case that was shredded, whoever still has it in memory.
        Set<String> gone = shredded(rows.stream()
                .map(row -> row.draft().sealed().orElseThrow().caseId())
                .toList());
        for (Row row : rows) {
            Sealed sealed = row.draft().sealed().orElseThrow();
            if (!gone.contains(sealed.caseId())) {
                key.setString(1, sealed.caseId());
                key.setBytes(2, sealed.wrappedKey());
                key.setString(3, KeptKeys.masterOf(WrappedKey.parse(sealed.wrappedKey())));
                key.addBatch();
                for (String tag : sealed.tags()) {
                    pseudonym.setString(1, tag);
                    pseudonym.setLong(2, row.index());
                    pseudonym.addBatch();
                }
            }
            box.setLong(1, row.index());
            box.setString(2, sealed.caseId());
            box.setBytes(3, sealed.box());
            box.addBatch();
        }
        key.executeBatch();
        box.executeBatch();
        pseudonym.executeBatch();
    }

    private void insertContents(List<Draft.Content> contents) throws SQLException {
        if (contents.isEmpty()) {
            return;
        }
        PreparedStatement insert =
                statements.prepare("INSERT INTO content (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO NOTHING");
        for (Draft.Content content : contents) {
            insert.setString(1, content.name());
            insert.setBytes(2, content.bytes());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    void insertNodes(List<Node> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        PreparedStatement insert = statements.prepare("INSERT INTO node (level, idx, hash) VALUES (?, ?, ?)");
        for (Node node : nodes) {
            insert.setInt(1, node.level());
            insert.setLong(2, node.index());
            insert.setBytes(3, node.hash().bytes());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** A call that must have its effect once, and the entries that it had. */
    record FirstCall(String content, long index, int entries) {}

    /** The calls among these keys that have been seen. */
    Map<String, FirstCall> firstCalls(Collection<String> keys) throws SQLException {
        Map<String, FirstCall> found = new HashMap<>();
        statements.ask(
                "SELECT call_key, content, idx, entries FROM once WHERE call_key IN (%s)",
                keys,
                row -> found.put(row.getString(1), new FirstCall(row.getString(2), row.getLong(3), row.getInt(4))));
        return found;
    }

    void insertFirstCalls(Map<String, FirstCall> calls) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        PreparedStatement insert =
                statements.prepare("INSERT INTO once (call_key, content, idx, entries) VALUES (?, ?, ?, ?)");
        for (Map.Entry<String, FirstCall> call : calls.entrySet()) {
            insert.setString(1, call.getKey());
            insert.setString(2, call.getValue().content());
            insert.setLong(3, call.getValue().index());
            insert.setInt(4, call.getValue().entries());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** The index of the last entry on each of these subjects that has one. */
    Map<String, Long> lastIndices(Collection<String> subjects) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        statements.ask(
                "SELECT subject, MAX(idx) FROM entry WHERE subject IN (%s) GROUP BY subject",
                subjects, row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    /** Where those of these ids stand that do. */
    Map<String, Long> indicesOf(Collection<String> ids) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        statements.ask(
                "SELECT jti, idx FROM entry WHERE jti IN (%s)",
                ids, row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    Optional<Stored> entry(long index) throws SQLException {
        return entries(index, 1).stream().findFirst();
    }

    List<Stored> entries(long first, int count) throws SQLException {
        PreparedStatement select =
                statements.prepare("SELECT idx, leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx");
        select.setLong(1, first);
        select.setLong(2, first + count);
        return stored(select);
    }

    List<Stored> history(String subject) throws SQLException {
        PreparedStatement select = statements.prepare("SELECT idx, leaf FROM entry WHERE subject = ? ORDER BY idx");
        select.setString(1, subject);
        return stored(select);
    }

    List<Stored> controlEntries() throws SQLException {
        return stored(statements.prepare("SELECT idx, leaf FROM entry WHERE control = 1 ORDER BY idx"));
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

    /** One of the entries that another replica appended; those that change nothing come without their bytes. */
    record Appended(long index, Hash hash, Optional<Entry> entry) {}

    /** The entries from {@code first} to {@code last}, excluded; control entries and the last one in full. */
    List<Appended> appended(long first, long last) throws SQLException {
        PreparedStatement select =
                statements.prepare("SELECT idx, leaf_hash, CASE WHEN control = 1 OR idx = ? THEN leaf END"
                        + " FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx");
        select.setLong(1, last - 1);
        select.setLong(2, first);
        select.setLong(3, last);
        List<Appended> appended = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Optional<Entry> entry =
                        Optional.ofNullable(row.getBytes(3)).map(Leaf::of).map(Entry::parse);
                Hash hash = entry.isPresent() ? entry.get().leaf().hash() : Hash.of(row.getBytes(2));
                appended.add(new Appended(row.getLong(1), hash, entry));
            }
        }
        return appended;
    }

    Optional<Sealed> sealed(long index) throws SQLException {
        PreparedStatement select = statements.prepare("SELECT s.case_id, k.wrapped, s.box FROM sealed s"
                + " JOIN case_key k ON k.case_id = s.case_id WHERE s.idx = ?");
        select.setLong(1, index);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Sealed(row.getString(1), row.getBytes(2), row.getBytes(3)))
                    : Optional.empty();
        }
    }

    List<Long> tagged(Collection<String> tags, long before, int most) throws SQLException {
        NavigableSet<Long> found = new TreeSet<>(Comparator.reverseOrder());
        statements.ask(
                "SELECT idx FROM pseudonym WHERE tag IN (%s) AND idx < " + before + " ORDER BY idx DESC LIMIT " + most,
                tags,
                row -> found.add(row.getLong(1)));
        return found.stream().limit(most).toList();
    }

    Optional<byte[]> content(String name) throws SQLException {
        PreparedStatement select = statements.prepare("SELECT bytes FROM content WHERE name = ?");
        select.setString(1, name);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** For hashing: a failure to read is a failure of the log. */
    byte[] readTile(Tile tile) {
        try {
            return tile(tile);
        } catch (SQLException e) {
            throw new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be read", e);
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
        PreparedStatement select = statements.prepare(sql);
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
        if (rows.size() != tile.width()) {
            throw new SQLException(tile.path() + " has " + rows.size() + " rows in the tables; the log is damaged");
        }
        return entries
                ? Bundle.encode(rows)
                : Hash.join(rows.stream().map(Hash::of).toList());
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
