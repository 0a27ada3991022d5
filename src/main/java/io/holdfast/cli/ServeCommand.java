package io.holdfast.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Starts the gateway. Every other setting: docs/reference/configuration.md.")
final class ServeCommand implements Callable<Integer> {

    private final ToIntFunction<ServeOptions> server;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "holdfast-data",
            description = "Database and keys; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "A PostgreSQL server that replicas share; default: the database is in the data folder.")
    private String database;

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path policies;

    @Option(
            names = "--authorities",
            paramLabel = "DIR",
            description = "The enrolled authorities; default those in the policies.")
    private Path authorities;

    @Option(
            names = "--holds",
            paramLabel = "NAME",
            defaultValue = ServeOptions.START_HOLDS,
            description = "The holds of a new log: '${DEFAULT-VALUE}', or a posture.")
    private String holds;

    @Option(
            names = "--continues",
            paramLabel = "DIR",
            description = "The data folder of a frozen log that this new log, of another name, continues.")
    private Path continues;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; default ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port; default ${DEFAULT-VALUE}; 0 takes a free one.")
    private int port;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "The user-data store; without it nothing can be delivered.")
    private String store;

    @Option(names = "--development", description = "Trust tokens of `holdfast token`. Never for real requests.")
    private boolean development;

    @Option(names = "--announce", paramLabel = "FILE", description = "Write the address here once the gateway answers.")
    private Path announce;

    ServeCommand(ToIntFunction<ServeOptions> server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        return server.applyAsInt(new ServeOptions(
                data,
                Optional.ofNullable(database),
                policies,
                Optional.ofNullable(authorities),
                holds,
                Optional.ofNullable(continues),
                host,
                port,
                Optional.ofNullable(store),
                development,
                Optional.ofNullable(announce)));
    }
}
