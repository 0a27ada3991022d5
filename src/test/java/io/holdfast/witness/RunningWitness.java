package io.holdfast.witness;

import io.holdfast.note.Cosigner;
import io.holdfast.note.TrustPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/** A witness of ours that answers over HTTP, and can be stopped and started again at the same address. */
public final class RunningWitness implements AutoCloseable {
    private final TrustPolicy logs;
    private final List<Cosigner> keys;
    private final Path folder;
    private int port;
    private WitnessState state;
    private WitnessServer server;

    private RunningWitness(TrustPolicy logs, List<Cosigner> keys, Path folder, int port) {
        this.logs = logs;
        this.keys = keys;
        this.folder = folder;
        this.port = port;
    }

    public static RunningWitness start(TrustPolicy logs, Path folder, Cosigner... keys) {
        return startAt(0, logs, folder, keys);
    }

    /** @param port on the loopback address; 0 takes a free one */
    public static RunningWitness startAt(int port, TrustPolicy logs, Path folder, Cosigner... keys) {
        RunningWitness witness = new RunningWitness(logs, List.of(keys), folder, port);
        witness.start();
        return witness;
    }

    /** Also from another folder than before, as after a loss. */
    public void start() {
        state = WitnessState.open(folder);
        server = WitnessServer.start(
                new Witness(logs, keys, state, Clock.systemUTC()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                sentence -> Assertions.assertTrue(sentence.startsWith("a caller broke off"), sentence));
        port = server.address().getPort();
    }

    public void stop() {
        server.close();
        state.close();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its lines in a policy. */
    public String terms(String name) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            lines.append("witness " + name + (i == 0 ? "" : "-" + i) + " "
                    + keys.get(i).verifierKey() + " " + url() + "\n");
        }
        return lines.toString();
    }

    /** The size of the log when it was cosigned last. */
    public Optional<Long> remembers(String origin) {
        return state.last(origin)
                .map(note -> io.holdfast.note.Checkpoint.parse(note.text()).size());
    }

    @Override
    public void close() {
        stop();
    }
}
