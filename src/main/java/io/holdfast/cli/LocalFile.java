package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what the command line names: a file, or {@code -} for what is piped in. */
final class LocalFile {

    static final String STANDARD_INPUT = "-";

    private LocalFile() {}

    /** @param most so many bytes, and not one more */
    static byte[] read(String name, int most) {
        try (InputStream in = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path(name))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE, name + " is larger than " + most + " bytes; is it the right file?");
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot read " + name + ": " + why(e));
        }
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, Terminal.safe(name) + " cannot be the name of a file");
        }
    }

    /** What the system says, in words: the message of such an exception is often only the name again. */
    static String why(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.FileAlreadyExistsException) {
            return "it exists already";
        }
        return String.valueOf(e.getMessage());
    }
}
