package io.holdfast.cli;

import java.io.PrintWriter;
import java.util.function.ToIntFunction;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/** All commands. */
public final class CommandLineInterface {

    private CommandLineInterface() {}

    /**
     * @param server runs a gateway until it is stopped, and answers an exit code
     * @return the exit code
     */
    public static int run(String[] arguments, ToIntFunction<ServeOptions> server) {
        return commandLine(server).execute(arguments);
    }

    static CommandLine commandLine(ToIntFunction<ServeOptions> server) {
        IFactory standard = CommandLine.defaultFactory();
        CommandLine line = new CommandLine(new Root(), new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ServeCommand.class ? type.cast(new ServeCommand(server)) : standard.create(type);
            }
        });
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            if (failure instanceof CommandFailure expected) {
                err.println(expected.getMessage());
                return expected.exitCode();
            }
            err.println("holdfast failed: " + failure);
            return ExitCode.UNREACHABLE;
        });
        return line;
    }

    @Command(
            name = "holdfast",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = "A gateway between law-enforcement requests and a user-data store.",
            subcommands = {
                ServeCommand.class,
                TokenCommand.class,
                VersionCommand.class,
                AutoComplete.GenerateCompletion.class
            })
    static final class Root implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
        }
    }
}
