package io.holdfast.http;

import io.holdfast.note.Cosigner;
import io.holdfast.note.SignatureType;
import io.holdfast.note.TrustPolicy;
import io.holdfast.witness.KeyFile;
import io.holdfast.witness.RunningWitness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Two witnesses, {@code one} and {@code two}, whose keys and addresses a gateway knows before it starts, and which both must
 * cosign. They answer there once a test starts them.
 */
final class NearbyWitnesses {

    private NearbyWitnesses() {}

    /** Makes their keys and the policy. */
    static Map<String, String> settings(Path ofGateway) throws IOException {
        Path folder = Files.createDirectory(folder(ofGateway));
        String terms = terms(folder, "one", SignatureType.ML_DSA_44)
                + terms(folder, "two", SignatureType.ED25519_COSIGNATURE)
                + "group both all one two\nquorum both\n";
        Path policy = Files.writeString(folder.resolve("policy"), terms);
        return Map.of("holdfast.witness.policy", policy.toString(), "holdfast.witness.patience", "8s");
    }

    private static String terms(Path folder, String name, SignatureType type) throws IOException {
        Cosigner key = KeyFile.create(folder.resolve(name + ".key"), "witness.example/" + name, type);
        int port = RunningGateway.freePort();
        Files.writeString(folder.resolve(name + ".port"), Integer.toString(port));
        return "witness " + name + " " + key.verifierKey() + " http://127.0.0.1:" + port + "/" + "\n";
    }

    /** One of them; close it to stop it. It remembers what it has cosigned. */
    static RunningWitness start(String name) throws IOException {
        Path folder = folder(Gateways.folder());
        return RunningWitness.startAt(
                Integer.parseInt(Files.readString(folder.resolve(name + ".port"))),
                TrustPolicy.ofKeys(List.of(Gateways.logKey())),
                folder.resolve(name),
                KeyFile.read(folder.resolve(name + ".key")));
    }

    private static Path folder(Path ofGateway) {
        return ofGateway.resolve("witnesses");
    }
}
