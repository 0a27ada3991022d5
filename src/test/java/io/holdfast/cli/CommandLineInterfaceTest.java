package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineInterfaceTest {

    @Test
    void no_command_is_a_wrong_command_line() {
        Run run = Run.of().endsWith(ExitCode.USAGE);
        assertTrue(run.err().startsWith("name a command: serve, demo, request, hold, notice, log, "), run.err());
    }

    @Test
    void a_group_alone_names_its_commands() {
        Run run = Run.of("log").endsWith(ExitCode.USAGE);
        assertEquals(
                "name a command: verify, gossip, export, show, proof, disclosure, checkpoint\nsee holdfast log --help\n",
                run.err());
    }

    @Test
    void an_unknown_command_suggests_the_nearest() {
        assertTrue(Run.of("lgo").endsWith(ExitCode.USAGE).err().contains("unknown command lgo; did you mean 'log'?"));
        assertTrue(Run.of("log", "verfy", "x").endsWith(ExitCode.USAGE).err().contains("did you mean 'verify'?"));
        assertTrue(Run.of("policy", "check", "--outptu", "json").err().contains("did you mean '--output'?"));
    }

    @Test
    void a_word_that_is_near_to_nothing_suggests_nothing() {
        assertFalse(Run.of("frobnicate").endsWith(ExitCode.USAGE).err().contains("did you mean"));
    }

    @Test
    void text_of_a_wrong_command_line_cannot_move_the_cursor() {
        assertFalse(Run.of("\u001b[2Jlog").err().contains("\u001b"));
    }

    @Test
    void every_command_and_every_option_is_described() {
        for (CommandLine line : all()) {
            String name = line.getCommandSpec().qualifiedName();
            assertTrue(line.getCommandSpec().usageMessage().description().length > 0, name);
            line.getCommandSpec()
                    .args()
                    .forEach(arg -> assertTrue(arg.description().length > 0, name + " " + arg.paramLabel()));
        }
    }

    @Test
    void every_command_has_help() {
        for (CommandLine line : all()) {
            List<String> words = new ArrayList<>(
                    List.of(line.getCommandSpec().qualifiedName().split(" ")));
            words.remove(0);
            words.add("--help");
            assertTrue(Run.of(words.toArray(String[]::new))
                    .endsWith(ExitCode.OK)
                    .out()
                    .contains("Usage: holdfast"));
        }
    }

    @Test
    void the_exit_codes_are_told() {
        String help = Run.of("--help").out();
        List<Integer> codes = List.of(
                ExitCode.OK,
                ExitCode.CHECK_FAILED,
                ExitCode.USAGE,
                ExitCode.UNREACHABLE,
                ExitCode.NOT_ALLOWED,
                ExitCode.WAITING,
                ExitCode.CONFLICT);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), codes);
        codes.forEach(code -> assertTrue(help.contains("\n  " + code + "   "), help));
    }

    @Test
    void a_command_that_is_named_is_read_without_its_neighbours() {
        CommandLine line = CommandLineInterface.commandLine(List.of("log", "verify"), options -> 0);
        assertEquals(List.of("log"), List.copyOf(line.getSubcommands().keySet()));
        assertEquals(
                List.of("verify"),
                List.copyOf(line.getSubcommands().get("log").getSubcommands().keySet()));
    }

    @Test
    void serve_hands_its_options_to_the_server() {
        Run.of(
                        options -> {
                            assertEquals(0, options.port());
                            assertEquals("withdraw", options.holds());
                            return 42;
                        },
                        "serve",
                        "--port",
                        "0",
                        "--holds",
                        "withdraw")
                .endsWith(42);
    }

    @Test
    void the_version_is_told_in_two_ways() {
        assertTrue(Run.of("version").endsWith(ExitCode.OK).out().startsWith("holdfast "));
        assertEquals(Run.of("version").out(), Run.of("--version").out());
    }

    @Test
    void the_completion_script_knows_all_commands() {
        String script = Run.of("completion").endsWith(ExitCode.OK).out();
        assertTrue(script.contains("complete -F") && script.contains("checkpoint"), "a bash script");
    }

    @Test
    void no_token_is_issued_outside_development() {
        Run run = Run.of("token", "--data", "target/no-such-data", "--subject", "a", "--role", "auditor");
        assertTrue(run.endsWith(ExitCode.NOT_ALLOWED).err().contains("no development issuer"), run.err());
    }

    @Test
    void a_token_for_development_can_say_where_somebody_is(@TempDir Path data) {
        new DevelopmentIssuer(data).create();
        List<String> words = new ArrayList<>(List.of("token", "--data", data.toString(), "--subject", "a"));
        words.addAll(List.of("--role", "legal-approver", "--located-in"));

        words.add("HK,IS");
        String token =
                Run.of(words.toArray(String[]::new)).endsWith(ExitCode.OK).out();
        words.set(words.size() - 1, "Iceland");
        Run wrong = Run.of(words.toArray(String[]::new)).endsWith(ExitCode.USAGE);

        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertTrue(claims.matches(".*\"located-in\":\\[(\"HK\",\"IS\"|\"IS\",\"HK\")].*"), claims);
        assertTrue(wrong.err().contains("--located-in must be two capital letters"), wrong.err());
    }

    @Test
    void a_bug_does_not_end_as_a_check_that_failed() {
        ToIntFunction<ServeOptions> broken = options -> {
            throw new StackOverflowError();
        };
        assertEquals(ExitCode.UNREACHABLE, CommandLineInterface.run(new String[] {"serve"}, broken));
        ToIntFunction<ServeOptions> wrong = options -> {
            throw new IllegalArgumentException("a secret");
        };
        Run run = Run.of(wrong, "serve").endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().startsWith("holdfast failed, which is a bug: java.lang.IllegalArgumentException at "));
        assertFalse(run.err().contains("secret"), run.err());
    }

    static List<CommandLine> all() {
        return below(CommandLineInterface.commandLine(List.of(), options -> 0));
    }

    private static List<CommandLine> below(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(sub -> all.addAll(below(sub)));
        return all;
    }
}
