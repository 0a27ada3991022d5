package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.TestLog;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.bag.SomePackage;
import io.holdfast.fixture.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/how-to/open-a-package.md says, word by word. */
class OpenAPackageTest {

    private static final Pattern BLOCK = Pattern.compile(" *```sh\n(.*?) *```\n", Pattern.DOTALL);
    private static final Recipient RECIPIENT = Recipient.ec("P-256");
    private static final SomePackage SOME = SomePackage.made();
    private static final String KEY = TestLog.verifierKey().toString();

    @TempDir
    Path temp;

    private final List<String> blocks = new ArrayList<>();

    @BeforeEach
    void readAndDownload() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/how-to/open-a-package.md")));
        while (block.find()) {
            blocks.add(block.group(1).stripIndent());
        }
        Files.write(
                temp.resolve("package.cms"), SOME.encryptedFor(RecipientCertificate.parse(RECIPIENT.certificate())));
        Files.writeString(temp.resolve("key.pem"), RECIPIENT.key());
        Files.writeString(temp.resolve("certificate.pem"), RECIPIENT.certificate());
    }

    @Test
    void with_programs_that_everybody_has() throws Exception {
        for (String program : List.of("openssl", "unzip", "sha512sum")) {
            if (Stream.of(System.getenv("PATH").split(":"))
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
                System.err.println("NOT TESTED: there is no " + program + " here, so nobody went the receiver's way");
                Assumptions.abort("there is no " + program);
            }
        }
        List<String> said = new ArrayList<>();
        for (String block : blocks) {
            if (!block.startsWith("holdfast ")) {
                said.add(shell(block));
            }
        }

        assertEquals(4, said.size());
        assertTrue(said.get(1).contains("data/account-0001/page-0001.json: OK"), said.get(1));
        assertTrue(said.get(1).contains("manifest.json: OK"), said.get(1));
        assertTrue(said.get(2).contains("PROVED: "), said.get(2));
        assertTrue(said.get(3).startsWith(SOME.manifest().receipt().hex()), said.get(3));
    }

    @Test
    void with_holdfast() {
        String block = blocks.stream()
                .filter(text -> text.startsWith("holdfast "))
                .findFirst()
                .orElseThrow();
        List<String> commands = block.lines().toList();

        assertEquals(2, commands.size());
        for (String command : commands) {
            String here = command.replace("\"$LOG_KEY\"", KEY)
                    .replaceAll("(package\\.cms|key\\.pem|certificate\\.pem|opened)", temp + "/$1");
            Run.of(here.substring("holdfast ".length()).split(" ")).endsWith(ExitCode.OK);
        }
    }

    private String shell(String script) throws Exception {
        Path said = temp.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", script)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("LOG_KEY", KEY);
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (old, java) -> java + ":" + old);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), script + "\n" + Files.readString(said));
        return Files.readString(said);
    }
}
