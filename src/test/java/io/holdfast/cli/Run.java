package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;

/** One command line, and what came of it. */
public record Run(int code, String out, String err) {

    public static Run of(String... arguments) {
        return of(options -> ExitCode.OK, arguments);
    }

    static Run of(ToIntFunction<ServeOptions> server, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLineInterface.commandLine(List.of(arguments), server)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        Run run = new Run(code, out.toString(), err.toString());
        assertFalse(run.err.contains("\tat "), run.err);
        return run;
    }

    public Run endsWith(int expected) {
        assertEquals(expected, code, () -> "out: " + out + "\nerr: " + err);
        return this;
    }

    ObjectNode json() {
        return Json.read("what was printed", out.getBytes(StandardCharsets.UTF_8));
    }
}
