package io.holdfast.cli;

import io.holdfast.audit.UnreadableException;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people why a command ended, in a sentence and an exit code, and never in a stack trace. */
final class Failures {

    private Failures() {}

    static int execution(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandFailure expected) {
            return end(command, expected.exitCode(), expected.getMessage());
        }
        if (failure instanceof UncheckedIOException unreadable) {
            return end(command, ExitCode.UNREACHABLE, sentence(unreadable));
        }
        if (failure instanceof UnreadableException
                || failure instanceof MalformedException
                || failure instanceof UntrustedException
                || failure instanceof IllegalStateException) {
            return end(command, ExitCode.UNREACHABLE, Terminal.safe(String.valueOf(failure.getMessage())));
        }
        return bug(command.getErr(), failure);
    }

    static int parameters(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String sentence = failure instanceof UnmatchedArgumentException unmatched
                ? unknown(command, unmatched.getUnmatched().get(0))
                : failure.getMessage();
        String name = command.getCommandSpec().qualifiedName();
        return end(command, ExitCode.USAGE, Terminal.safe(sentence) + "\nsee " + name + " --help");
    }

    private static String unknown(CommandLine command, String typed) {
        if (typed.startsWith("-")) {
            return "unknown option " + typed
                    + Suggestion.of(typed, command.getCommandSpec().optionsMap().keySet());
        }
        return command.getSubcommands().isEmpty()
                ? "one argument too many: " + typed
                : "unknown command " + typed
                        + Suggestion.of(typed, command.getSubcommands().keySet());
    }

    /** Tells only the kind and the place: a message may quote what somebody sent. */
    static int bug(PrintWriter err, Throwable failure) {
        return end(err, ExitCode.UNREACHABLE, "holdfast failed, which is a bug: " + place(failure));
    }

    private static int end(CommandLine command, int exitCode, String sentence) {
        return end(command.getErr(), exitCode, sentence);
    }

    private static int end(PrintWriter err, int exitCode, String sentence) {
        err.println(sentence);
        err.flush();
        return exitCode;
    }

    private static String sentence(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        boolean hasOwnWords =
                failure.getMessage() != null && !failure.getMessage().equals(cause.toString());
        return (hasOwnWords ? Terminal.safe(failure.getMessage()) + ": " : "cannot read: ") + LocalFile.why(cause);
    }

    private static String place(Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("io.holdfast.")) {
                return failure.getClass().getName() + " at " + element;
            }
        }
        return failure.getClass().getName();
    }
}
