package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.RecordKey;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyListCommandTest {

    @TempDir
    Path data;

    @Test
    void the_public_halves_are_shown() {
        KeyFolder keys = new KeyFolder(data.resolve("keys"));
        VerifierKey log = VerifierKey.of("holdfast.example/log", keys.logKey().publicKey());
        RecordKey.Public record = new RecordKey(keys.recordKey()).publicKey();
        ObjectNode json = list("json").endsWith(ExitCode.OK).json();
        assertEquals(record.id(), json.at("/keys/0/id").textValue());
        assertEquals(record.x(), json.at("/keys/0/public").textValue());
        assertEquals(log.toString(), json.at("/keys/1/public").textValue());
        assertEquals(
                List.of("record", "log", "log-ml-dsa-44", "grant", "vault"),
                json.get("keys").findValuesAsText("purpose"));
    }

    @Test
    void the_secret_halves_are_not() throws IOException {
        KeyFolder keys = new KeyFolder(data.resolve("keys"));
        keys.logKey();
        keys.recordKey();
        String shown = list("table").out() + list("json").out();
        for (String name : new String[] {"log.key", "record.key", "grant.key"}) {
            String secret = Files.readString(data.resolve("keys").resolve(name)).split("\n")[1];
            assertFalse(shown.contains(secret.substring(22)), name);
        }
    }

    @Test
    void no_keys_are_made_where_there_are_none() throws IOException {
        list("table").endsWith(ExitCode.UNREACHABLE);
        assertFalse(Files.exists(data.resolve("keys")));
        new KeyFolder(data.resolve("keys")).logKey();
        Files.delete(data.resolve("keys/record.key"));
        list("table").endsWith(ExitCode.UNREACHABLE);
        assertFalse(Files.exists(data.resolve("keys/record.key")));
    }

    private Run list(String output) {
        return Run.of("key", "list", "--data", data.toString(), "--origin", "holdfast.example/log", "--output", output);
    }
}
