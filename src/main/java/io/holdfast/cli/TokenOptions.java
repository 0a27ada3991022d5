package io.holdfast.cli;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Who calls. A token on a command line can be seen by everybody on the machine, so there are two better ways. */
final class TokenOptions {

    private static final String VARIABLE = "HOLDFAST_TOKEN";
    private static final int MOST_BYTES = 16 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+"); // RFC 6750 section 2.1

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The bearer token; better in $HOLDFAST_TOKEN, which is the default, or in a file.")
    private String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the bearer token.")
    private String file;

    /** Nothing if there is none: some of a log is public. */
    Optional<String> read() {
        if (token != null && file != null) {
            throw new CommandFailure(ExitCode.USAGE, "give --token or --token-file, not both");
        }
        if (file != null) {
            return Optional.of(checked(
                    "what " + file + " holds",
                    new String(LocalFile.read(file, MOST_BYTES), StandardCharsets.US_ASCII)));
        }
        if (token != null) {
            return Optional.of(checked("--token", token));
        }
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(text -> checked("$" + VARIABLE, text));
    }

    private static String checked(String what, String text) {
        String token = text.strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new CommandFailure(ExitCode.USAGE, what + " is not a bearer token");
        }
        return token;
    }
}
