package io.holdfast.cli;

import io.holdfast.cli.demo.DemoCommand;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;

/** All commands. */
public final class CommandLineInterface {

    private CommandLineInterface() {}

    /**
     * @param server runs a gateway until it is stopped, and answers an exit code
     * @return the exit code
     */
    public static int run(String[] arguments, ToIntFunction<ServeOptions> server) {
        PrintWriter err = utf8(System.err);
        try {
            return commandLine(List.of(arguments), server)
                    .setOut(utf8(System.out))
                    .setErr(err)
                    .execute(arguments);
        } catch (RuntimeException | Error e) {
            // Also where memory ran out: Java itself would end with 1, and 1 says that a check failed.
            return Failures.bug(err, e);
        }
    }

    /** What is printed may be read by programs, so its encoding must not depend on where they run. */
    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** @param arguments what is going to be executed; nothing for a tree of all commands */
    static CommandLine commandLine(List<String> arguments, ToIntFunction<ServeOptions> server) {
        IFactory standard = CommandLine.defaultFactory();
        CommandTree tree = new CommandTree(new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ServeCommand.class ? type.cast(new ServeCommand(server)) : standard.create(type);
            }
        });
        return tree.read(Root.class, arguments)
                .setExpandAtFiles(false) // a reason may begin with an @, and is no file
                .setExecutionExceptionHandler(Failures::execution)
                .setParameterExceptionHandler(Failures::parameters);
    }

    @Command(
            name = "holdfast",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = "A gateway between law-enforcement requests and a user-data store.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:Done, or the check passed.",
                "1:The check failed: do not rely on this data. Nothing else ends with 1.",
                "2:Wrong command line.",
                "3:Could not reach or read.",
                "4:Not allowed.",
                "5:Accepted, waiting for a second person.",
                "6:Conflict."
            })
    static final class Root extends CommandGroup {
        Root() {
            super(
                    ServeCommand.class,
                    DemoCommand.class,
                    Requests.class,
                    Holds.class,
                    PeopleConcerned.class,
                    Log.class,
                    Audit.class,
                    Policy.class,
                    Report.class,
                    Grants.class,
                    Packages.class,
                    Keys.class,
                    Witnesses.class,
                    TokenCommand.class,
                    VersionCommand.class,
                    CompletionCommand.class,
                    HelpCommand.class);
        }
    }
}
