package io.holdfast.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options in bash and zsh.",
            "Use it with: source <(holdfast completion)"
        })
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash("holdfast", spec.root().commandLine()));
    }
}
