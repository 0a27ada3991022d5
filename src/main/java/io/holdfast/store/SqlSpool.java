package io.holdfast.store;

import io.holdfast.audit.LedgerException;
import io.holdfast.vault.Spool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The spool, in the database of the log. Each change is one statement and one commit of its own, of one box at most: the writer of the
 * log never waits for more than that.
 */
public final class SqlSpool implements Spool {

    private static final System.Logger LOG = System.getLogger(SqlSpool.class.getName());

    /** Nonce, tag and version of a box, with room to spare. */
    private static final int MOST_BOX_BYTES = MOST_BYTES + 64;

    /** Nothing is selected, and so nothing inserted, for a case without a key. */
    private static final String INSERT = "INSERT INTO spool (case_id, name, number, box)"
            + " SELECT case_id, ?, ?, ? FROM case_key WHERE case_id = ? ON CONFLICT (case_id, name, number) ";

    private final Database database;

    public SqlSpool(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(String caseId, Place place, byte[] box) {
        return insert(INSERT + "DO UPDATE SET box = excluded.box", caseId, place, box);
    }

    @Override
    public boolean add(String caseId, Place place, byte[] box) {
        return insert(INSERT + "DO NOTHING", caseId, place, box);
    }

    private boolean insert(String sql, String caseId, Place place, byte[] box) {
        if (box.length > MOST_BOX_BYTES) {
            throw new IllegalArgumentException("a box of " + box.length + " bytes is too large for the spool");
        }
        try (Connection connection = database.source().getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, place.name());
            insert.setInt(2, place.number());
            insert.setBytes(3, box);
            insert.setString(4, caseId);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            // Its key may have been destroyed between looking for it and writing.
            if (strings("SELECT case_id FROM case_key WHERE case_id = ?", caseId)
                    .isEmpty()) {
                return false;
            }
            throw unavailable("written", e);
        }
    }

    @Override
    public Optional<byte[]> get(String caseId, Place place) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT box FROM spool WHERE case_id = ? AND name = ? AND number = ?")) {
            select.setString(1, caseId);
            select.setString(2, place.name());
            select.setInt(3, place.number());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw unavailable("read", e);
        }
    }

    @Override
    public List<Integer> numbers(String caseId, String name) {
        return strings("SELECT number FROM spool WHERE case_id = ? AND name = ? ORDER BY number", caseId, name).stream()
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public List<String> names(String caseId) {
        return strings("SELECT DISTINCT name FROM spool WHERE case_id = ? ORDER BY name", caseId);
    }

    @Override
    public List<String> cases() {
        return strings("SELECT DISTINCT case_id FROM spool ORDER BY case_id");
    }

    @Override
    public int delete(String caseId, String name) {
        return deleteRows("DELETE FROM spool WHERE case_id = ? AND name = ?", caseId, name);
    }

    @Override
    public int delete(String caseId) {
        return deleteRows("DELETE FROM spool WHERE case_id = ?", caseId);
    }

    /** Most cases keep their key when they give up what they had here: so the bytes must go, too. */
    private int deleteRows(String sql, String... parameters) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            fill(delete, parameters);
            int deleted = delete.executeUpdate();
            if (deleted > 0) {
                sweep(connection);
            }
            return deleted;
        } catch (SQLException e) {
            throw unavailable("cleared", e);
        }
    }

    /** The rows are gone, whatever comes of this. */
    private void sweep(Connection connection) {
        String left = "the files of the database may still hold boxes that were deleted, until they are written over";
        try {
            if (!database.engine().sweep(connection, List.of("spool"))) {
                LOG.log(System.Logger.Level.INFO, left + ": somebody reads what was there before");
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, left + ": " + e.getMessage());
        }
    }

    private List<String> strings(String sql, String... parameters) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            fill(select, parameters);
            List<String> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(row.getString(1));
                }
            }
            return all;
        } catch (SQLException e) {
            throw unavailable("read", e);
        }
    }

    private static void fill(PreparedStatement statement, String... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
    }

    /** As a log that cannot be written: they are in one database. */
    private static LedgerException unavailable(String what, SQLException e) {
        return new LedgerException(LedgerException.Cause.UNAVAILABLE, "the spool cannot be " + what, e);
    }
}
