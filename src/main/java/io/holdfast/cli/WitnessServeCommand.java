package io.holdfast.cli;

import io.holdfast.note.Cosigner;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import io.holdfast.witness.KeyFile;
import io.holdfast.witness.Witness;
import io.holdfast.witness.WitnessServer;
import io.holdfast.witness.WitnessState;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Starts a witness: it cosigns checkpoints of the logs it knows, and of each of them one past only.",
            "Run it on another machine, by other people than the log: docs/how-to/run-with-witnesses.md."
        })
final class WitnessServeCommand implements Callable<Integer> {

    /** The JDK's server waits for ever for a request that trickles in, unless it is told not to. */
    private static final List<String> TIME_LIMITS =
            List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime");

    private static final String SECONDS = "10";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            required = true,
            description =
                    "A key of this witness, from `holdfast witness key`. Several are allowed: it signs with each.")
    private List<String> keyFiles;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description = {
                "What it remembers of each log, for its owner only. Never restore it from a backup, and never lose it:",
                "a witness that forgot needs a new key."
            })
    private Path state;

    @ArgGroup(multiplicity = "1")
    private Logs logs;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8090",
            description = "Where to listen; default ${DEFAULT-VALUE}; port 0 takes a free one.")
    private String listen;

    @Option(names = "--announce", paramLabel = "FILE", description = "Write the address here once the witness answers.")
    private Path announce;

    /** One of the two. */
    static final class Logs {
        @Option(
                names = "--log",
                paramLabel = "KEY",
                required = true,
                description = "A log to cosign: its verifier key, from `holdfast key list`. Several are allowed.")
        private List<String> keys;

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                required = true,
                description = "Instead of --log: the logs of a policy file, C2SP tlog-policy.")
        private String policy;
    }

    @Override
    public Integer call() {
        TIME_LIMITS.stream()
                .filter(name -> System.getProperty(name) == null)
                .forEach(name -> System.setProperty(name, SECONDS));
        PrintWriter err = spec.commandLine().getErr();
        TrustPolicy policy = policy();
        InetSocketAddress address = address(listen);
        List<Cosigner> cosigners =
                keyFiles.stream().map(LocalFile::path).map(KeyFile::read).toList();
        try (WitnessState memory = WitnessState.open(state)) {
            Witness witness = new Witness(policy, cosigners, memory, Clock.systemUTC());
            try (WitnessServer server = WitnessServer.start(witness, address, sentence -> say(err, sentence))) {
                String url = "http://" + listen.substring(0, listen.lastIndexOf(':')) + ":"
                        + server.address().getPort();
                witness.verifierKeys().forEach(key -> say(err, "cosigns as " + key));
                say(err, "listening on " + url);
                if (announce != null) {
                    try (NewFile file = NewFile.reserve(announce)) {
                        file.write((url + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                untilInterrupted();
            }
        }
        return ExitCode.OK;
    }

    /** Whoever wants it to end ends the process: its state is durable at any moment. */
    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(PrintWriter err, String sentence) {
        err.println(Terminal.safe(sentence));
        err.flush();
    }

    private TrustPolicy policy() {
        if (logs.policy != null) {
            try {
                return TrustPolicy.parse(LocalFile.read(logs.policy, TrustPolicy.MOST_BYTES));
            } catch (MalformedException e) {
                throw new CommandFailure(ExitCode.UNREACHABLE, logs.policy + ": " + e.getMessage());
            }
        }
        try {
            return TrustPolicy.ofKeys(logs.keys.stream().map(VerifierKey::parse).toList());
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, "--log: " + e.getMessage());
        }
    }

    private static InetSocketAddress address(String listen) {
        int colon = listen.lastIndexOf(':');
        try {
            InetSocketAddress address =
                    new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
            if (!address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // Said below.
        }
        throw new CommandFailure(ExitCode.USAGE, "--listen must be HOST:PORT, like 127.0.0.1:8090");
    }
}
