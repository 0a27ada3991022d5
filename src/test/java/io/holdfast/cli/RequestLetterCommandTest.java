package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLetterCommandTest {

    private static final String ID = "019a0c3e-52d9-7abc-8def-0123456789ab";
    private static final String CALL = "GET /v1/requests/" + ID + "/letter";

    private StubGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new StubGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_letter_is_printed_line_by_line_and_moves_no_cursor() {
        gateway.on(CALL, 200, "貴方的要求\n\nsecond\u001b[2J\n");
        Run run = Run.of("request", "letter", ID, "--language", "zh-Hant", "--url", gateway.url())
                .endsWith(ExitCode.OK);
        assertEquals("貴方的要求\n\nsecond\\u001b[2J\n", run.out());
    }

    @Test
    void as_json_it_is_one_text() throws Exception {
        gateway.on(CALL, 200, "a\nb\n");
        assertEquals(
                "a\nb\n",
                Run.of("request", "letter", ID, "--output", "json", "--url", gateway.url())
                        .endsWith(ExitCode.OK)
                        .json()
                        .path("letter")
                        .asText());
    }

    @Test
    void what_is_not_there_ends_with_3_and_a_language_without_templates_with_2() {
        Run run = Run.of("request", "letter", ID, "--url", gateway.url()).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("no request has this id"), run.err());
        Run.of("request", "letter", ID, "--language", "fr", "--url", gateway.url())
                .endsWith(ExitCode.USAGE);
    }
}
