package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.note.Cosigner;
import io.holdfast.note.SignatureType;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import io.holdfast.witness.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "key",
        description = {
            "Makes a witness's key, for its owner only, and shows the verifier key that others need.",
            "Where the file is there already, its verifier key is shown and nothing is made."
        })
final class WitnessKeyCommand implements Runnable {

    private enum Type {
        ED25519("ed25519", SignatureType.ED25519_COSIGNATURE),
        ML_DSA_44("ml-dsa-44", SignatureType.ML_DSA_44);

        private final String word;
        private final SignatureType type;

        Type(String word, SignatureType type) {
            this.word = word;
            this.type = type;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final class TypeReader implements ITypeConverter<Type> {
        @Override
        public Type convert(String text) {
            return Words.read(Type.values(), text);
        }
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The key file.")
    private String file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = {
                "The witness's name, like witness.example/w1: it is in every cosignature, and cannot be changed later.",
                "Needed for a new key."
            })
    private String name;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "ml-dsa-44",
            converter = TypeReader.class,
            description = "'ml-dsa-44', or 'ed25519' for readers who know no other; default ${DEFAULT-VALUE}.")
    private Type type;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Path path = LocalFile.path(file);
        boolean isThere = Files.exists(path);
        Cosigner cosigner = isThere ? KeyFile.read(path) : made(path);
        VerifierKey key = cosigner.verifierKey();
        ObjectNode json = Json.object();
        json.put("made", !isThere)
                .put("name", key.label().name())
                .put("id", key.label().hexId())
                .put("verifier-key", key.toString());
        output.print(
                new Table()
                        .row(isThere ? "read" : "made", path)
                        .row("verifier key", key)
                        .lines(),
                json);
    }

    private Cosigner made(Path path) {
        if (name == null) {
            throw new CommandFailure(ExitCode.USAGE, path + " does not exist; a new key needs --name");
        }
        try {
            return KeyFile.create(path, name, type.type);
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, "--name: " + e.getMessage());
        }
    }
}
