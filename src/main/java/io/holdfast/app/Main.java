package io.holdfast.app;

import io.holdfast.cli.CommandLineInterface;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The one entry of the program. Offline commands run here and end; only {@code serve} starts the server. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        System.exit(CommandLineInterface.run(arguments, Serve::run));
    }
}
