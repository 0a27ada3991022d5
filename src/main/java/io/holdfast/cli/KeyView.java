package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.NamedKey;
import io.holdfast.store.HeldKey;
import io.holdfast.store.KeyFolder;
import io.holdfast.store.KeyKind;
import io.holdfast.store.KeyRegister;
import io.holdfast.vault.MasterKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A key as people and programs see it: never its secret.
 *
 * @param key its public half; master keys have none
 * @param state {@code new} until the gateway is started, {@code in-force}, {@code retiring} until it is started, {@code
 *     retired}, or {@code elsewhere}: in force and not held here. Of master keys, {@code wraps} or {@code opens}
 * @param row what the log says of it
 */
record KeyView(String purpose, String id, Optional<String> key, String state, Optional<KeyRegister.Row> row) {

    /** What people can still compare; programs get all of it. */
    private static final int SHOWN = 120;

    static KeyView of(NamedKey key, String state) {
        return of(key, state, Optional.empty());
    }

    private static KeyView of(NamedKey key, String state, Optional<KeyRegister.Row> row) {
        return new KeyView(key.purpose().code(), key.id(), Optional.of(key.text()), state, row);
    }

    /** What is held and what the log names, by purpose, oldest first. */
    static List<KeyView> all(KeyFolder keys, String origin, Optional<KeyRegister> register) {
        List<HeldKey> held = keys.held(origin);
        List<KeyView> views = new ArrayList<>();
        List<KeyRegister.Row> rows = register.map(KeyRegister::rows).orElse(List.of());
        for (KeyRegister.Row row : rows) {
            boolean isHere = held.stream().anyMatch(one -> one.key().equals(row.key()));
            views.add(of(row.key(), state(row, isHere, keys), Optional.of(row)));
        }
        for (HeldKey one : held) {
            if (rows.stream().noneMatch(row -> row.key().equals(one.key()))) {
                views.add(of(one.key(), "new"));
            }
        }
        views.sort(Comparator.comparing(view -> KeyKind.parse(view.purpose()).orElseThrow()));
        List<KeyView> masterKeys = new ArrayList<>(masterKeys(keys));
        Collections.reverse(masterKeys);
        views.addAll(masterKeys);
        return views;
    }

    private static String state(KeyRegister.Row row, boolean isHere, KeyFolder keys) {
        if (!row.isInForce()) {
            return "retired";
        }
        if (keys.isMarked(row.key())) {
            return "retiring";
        }
        return isHere ? "in-force" : "elsewhere";
    }

    /** The newest first: it wraps, and the others open what they have wrapped. */
    static List<KeyView> masterKeys(KeyFolder keys) {
        List<String> ids =
                new ArrayList<>(MasterKeys.of(keys.exposeMasterKeys()).ids());
        Collections.reverse(ids);
        return ids.stream()
                .map(id -> new KeyView(
                        KeyKind.VAULT.code(),
                        id,
                        Optional.empty(),
                        id.equals(ids.get(0)) ? "wraps" : "opens",
                        Optional.empty()))
                .toList();
    }

    void addTo(Table table) {
        String shown = key.map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
                .orElse("-");
        table.row(purpose, id, state, row.map(it -> "entry " + it.since()).orElse("-"), shown);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("purpose", purpose).put("id", id);
        key.ifPresent(text -> json.put("public", text));
        json.put("state", state);
        row.ifPresent(it -> json.put("since", it.since()));
        row.ifPresent(it -> it.until().ifPresent(index -> json.put("until", index)));
        return json;
    }
}
