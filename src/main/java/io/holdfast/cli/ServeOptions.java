package io.holdfast.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a gateway is started from the command line.
 *
 * @param database the address of a database that replicas share; without it, whatever the configuration says
 * @param continues the data folder of a frozen log that a new one continues
 * @param development whether to run with a development issuer of tokens, whose key lies in the data folder
 * @param port 0 for any free port
 * @param announce a file to write the address to, once the gateway answers
 */
public record ServeOptions(
        Path data,
        Optional<String> database,
        Path policies,
        Optional<Path> authorities,
        String holds,
        Optional<Path> continues,
        String host,
        int port,
        Optional<String> store,
        boolean development,
        Optional<Path> announce) {

    /** The value of {@link #holds} that means the holds in {@code policies/holds}. */
    public static final String START_HOLDS = "start";

    /** The log's name, if the operator gives none. */
    public static final String ORIGIN = "holdfast.localhost/log";
}
