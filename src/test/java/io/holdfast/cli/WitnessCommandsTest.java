package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignatureType;
import io.holdfast.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be told without a witness that runs; WitnessProcessTest has one that does. */
class WitnessCommandsTest {
    private static final VerifierKey LOG = new NoteSigner("log.example", Ed25519Key.generate()).verifierKey();

    @TempDir
    Path folder;

    private Path key() {
        return folder.resolve("w.key");
    }

    private ObjectNode made(String type) {
        return Run.of(
                        "witness",
                        "key",
                        key().toString(),
                        "--name",
                        "witness.example/w",
                        "--type",
                        type,
                        "--output",
                        "json")
                .endsWith(ExitCode.OK)
                .json();
    }

    @Test
    void a_key_is_made_once_and_shown_again() {
        ObjectNode made = made("ml-dsa-44");
        assertTrue(made.get("made").asBoolean());
        VerifierKey key = VerifierKey.parse(made.get("verifier-key").textValue());
        assertEquals(SignatureType.ML_DSA_44, key.type());
        assertEquals("witness.example/w", key.label().name());

        ObjectNode again = Run.of("witness", "key", key().toString(), "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertFalse(again.get("made").asBoolean());
        assertEquals(made.get("verifier-key"), again.get("verifier-key"));
    }

    @Test
    void the_secret_is_never_shown() throws IOException {
        Run run = Run.of("witness", "key", key().toString(), "--name", "witness.example/w", "--type", "ed25519");
        String secret = Files.readString(key()).split("\\+", 5)[4].strip();
        assertFalse((run.endsWith(ExitCode.OK).out() + run.err()).contains(secret.substring(2)));
    }

    @Test
    void a_new_key_needs_a_name_that_a_note_can_bear_and_a_known_type() {
        assertTrue(Run.of("witness", "key", key().toString())
                .endsWith(ExitCode.USAGE)
                .err()
                .contains("--name"));
        Run.of("witness", "key", key().toString(), "--name", "a witness").endsWith(ExitCode.USAGE);
        Run.of("witness", "key", key().toString(), "--name", "w", "--type", "rsa")
                .endsWith(ExitCode.USAGE);
        assertFalse(Files.exists(key()));
    }

    @Test
    void a_witness_starts_only_with_keys_logs_and_an_address_that_are_right() throws IOException {
        made("ed25519");
        Path policy = Files.writeString(folder.resolve("policy"), "log " + LOG + "\nquorum x\n");
        assertTrue(serve("--policy", policy.toString())
                .endsWith(ExitCode.UNREACHABLE)
                .err()
                .contains("trust policy line 2"));
        serve("--policy", folder.resolve("none").toString()).endsWith(ExitCode.UNREACHABLE);
        serve("--log", "log.example+00000000+AAAA").endsWith(ExitCode.USAGE);
        serve("--log", LOG.toString(), "--policy", policy.toString()).endsWith(ExitCode.USAGE);
        serve().endsWith(ExitCode.USAGE);
        for (String listen : new String[] {"8090", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", "no.invalid:80"}) {
            serve("--log", LOG.toString(), "--listen", listen).endsWith(ExitCode.USAGE);
        }
        assertFalse(Files.exists(folder.resolve("state")), "nothing is made before all is known to be right");
        Run.of(
                        "witness",
                        "serve",
                        "--key-file",
                        folder.resolve("no.key").toString(),
                        "--state",
                        "s",
                        "--log",
                        LOG.toString())
                .endsWith(ExitCode.UNREACHABLE);
    }

    private Run serve(String... arguments) {
        String[] all = new String[6 + arguments.length];
        all[0] = "witness";
        all[1] = "serve";
        all[2] = "--key-file";
        all[3] = key().toString();
        all[4] = "--state";
        all[5] = folder.resolve("state").toString();
        System.arraycopy(arguments, 0, all, 6, arguments.length);
        return Run.of(all);
    }
}
