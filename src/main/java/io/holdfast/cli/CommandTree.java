package io.holdfast.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts the commands together, as far as a command line can mean them. Picocli reads a command by reflection, and reading all
 * of them takes longer than most of them run; so where a command is named, its neighbours are not read.
 */
final class CommandTree {

    /** These are about all commands. */
    private static final Set<Class<?>> NEED_ALL = Set.of(CompletionCommand.class, HelpCommand.class);

    private final IFactory factory;

    CommandTree(IFactory factory) {
        this.factory = factory;
    }

    /** @param arguments what follows the name of the command; nothing for everything below it */
    CommandLine read(Class<?> command, List<String> arguments) {
        CommandLine line = new CommandLine(command, factory);
        addHelp(line.getCommandSpec());
        if (line.getCommand() instanceof CommandGroup group) {
            addCommands(line, group.commands(), arguments);
        }
        return line;
    }

    private void addCommands(CommandLine line, List<Class<?>> commands, List<String> arguments) {
        for (Class<?> command : commands) {
            if (!arguments.isEmpty() && name(command).equals(arguments.get(0)) && !NEED_ALL.contains(command)) {
                line.addSubcommand(read(command, arguments.subList(1, arguments.size())));
                return;
            }
        }
        commands.forEach(command -> line.addSubcommand(read(command, List.of())));
    }

    static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** To every command, and --version to none but the first: `request approve` has a version of its own. */
    private static void addHelp(CommandSpec spec) {
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build());
        }
    }
}
