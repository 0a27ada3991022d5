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

    /** What stands in the column {@code master}. */
    static String masterOf(WrappedKey wrapped) {
        return wrapped.masterKey().orElse("");
    }

    private interface Row<T> {
        T from(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Row<T> row) {
        try (Connection connection = database.source().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.from(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("the vault's keys cannot be read: " + e.getMessage(), e);
        }
    }
}
