package io.holdfast.store;

import io.holdfast.vault.Shelf;
import io.holdfast.vault.WrappedKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the database keeps for the vault: keys of cases and the vault's own secrets, every one of them wrapped. */
public final class KeptKeys implements Shelf {

    private final Database database;

    public KeptKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<Kept> secrets() {
        return read(
                "SELECT name, since, wrapped FROM vault_secret ORDER BY since, name",
                row -> new Kept(
                        row.getString(1), Instant.ofEpochSecond(row.getLong(2)), WrappedKey.parse(row.getBytes(3))));
    }

    @Override
    public boolean add(Kept secret) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO vault_secret"
                        + " (name, since, wrapped, master) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING")) {
            insert.setString(1, secret.name());
            insert.setLong(2, secret.since().getEpochSecond());
            insert.setBytes(3, secret.wrapped().bytes());
            insert.setString(4, masterOf(secret.wrapped()));
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("the vault's secrets cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * How many case keys a master key has wrapped, and one of them to try it with.
     *
     * @param master the id of the master key; empty for keys that were wrapped before they named it
     */
    public record Share(String master, long keys, String caseId, WrappedKey sample) {}

    /** The master keys that case keys are wrapped under. */
    public List<Share> shares() {
        return read(
                "SELECT k.master, c.keys, k.case_id, k.wrapped FROM case_key k JOIN (SELECT master, COUNT(*) AS keys,"
                        + " MIN(case_id) AS first FROM case_key GROUP BY master) c ON c.first = k.case_id ORDER BY 1",
                row -> new Share(
                        row.getString(1), row.getLong(2), row.getString(3), WrappedKey.parse(row.getBytes(4))));
    }

    /**
     * Whether anything is wrapped under this master key, so that it must not be retired. Keys that do not name theirs may be
     * under any of them.
     */
    public boolean needs(String masterKey) {
        return inUse().stream().anyMatch(master -> master.isEmpty() || master.equals(masterKey));
    }

    private List<String> inUse() {
        return read("SELECT master FROM case_key UNION SELECT master FROM vault_secret", row -> row.getString(1));
    }

    /** A case key as it is kept. */
    record Held(String caseId, WrappedKey wrapped) {}

    /** Some case keys under one master key. */
    List<Held> under(String master, int most) {
        String sql = "SELECT case_id, wrapped FROM case_key WHERE master = ? ORDER BY case_id LIMIT " + most;
        return read(
                sql,
                select -> select.setString(1, master),
                row -> new Held(row.getString(1), WrappedKey.parse(row.getBytes(2))));
    }

    /**
     * Puts other wrapped keys in the place of those under {@code master}, all of them or none. One that was shredded
     * meanwhile stays away: nothing is inserted.
     */
    void replace(String master, List<Held> rewrapped) {
        inOneTransaction(
                "UPDATE case_key SET wrapped = ?, master = ? WHERE case_id = ? AND master = ?",
                rewrapped,
                (update, held) -> {
                    update.setBytes(1, held.wrapped().bytes());
                    update.setString(2, masterOf(held.wrapped()));
                    update.setString(3, held.caseId());
                    update.setString(4, master);
                });
    }

    /** The same for the vault's own secrets. */
    void replace(List<Kept> rewrapped) {
        inOneTransaction(
                "UPDATE vault_secret SET wrapped = ?, master = ? WHERE name = ?", rewrapped, (update, kept) -> {
                    update.setBytes(1, kept.wrapped().bytes());
                    update.setString(2, masterOf(kept.wrapped()));
                    update.setString(3, kept.name());
                });
    }

    /** Nothing is read in it: so the first thing that it does is to wait for the write lock, and it never has to give up. */
    private <T> void inOneTransaction(String sql, List<T> rows, Fill<T> fill) {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (T row : rows) {
                    fill.in(update, row);
                    update.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the vault's keys cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Takes what was replaced out of the database's files.
     *
     * @return false if somebody reads what was there before, so that it has to be tried again
     */
    boolean sweep() {
        try (Connection connection = database.source().getConnection()) {
            return database.engine().sweep(connection, List.of("case_key", "vault_secret"));
        } catch (SQLException e) {
            throw new IllegalStateException("the database's files cannot be cleared: " + e.getMessage(), e);
        }
    }

    /** What stands in the column {@code master}. */
    static String masterOf(WrappedKey wrapped) {
        return wrapped.masterKey().orElse("");
    }

    private interface Row<T> {
        T from(ResultSet row) throws SQLException;
    }

    private interface Fill<T> {
        void in(PreparedStatement statement, T row) throws SQLException;
    }

    private interface Parameters {
        void in(PreparedStatement statement) throws SQLException;
    }

    private <T> List<T> read(String sql, Row<T> row) {
        return read(sql, select -> {}, row);
    }

    private <T> List<T> read(String sql, Parameters parameters, Row<T> row) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            parameters.in(select);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(row.from(rows));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("the vault's keys cannot be read: " + e.getMessage(), e);
        }
    }
}
