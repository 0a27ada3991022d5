package io.holdfast.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demonstration itself, as the packaged program plays it. */
class DemonstrationIT {

    @Test
    void every_check_of_the_demonstration_holds() throws Exception {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("holdfast.jar"),
                        "demo",
                        "--output",
                        "json")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode told = new ObjectMapper().readTree(demo.getInputStream());

        assertEquals(0, demo.waitFor(), told.path("checks").toString());
        assertTrue(told.path("held").asBoolean());
        assertEquals(9, told.path("grid").size());
        assertTrue(told.path("checks").size() >= 60, told.path("checks").size() + " checks");
    }
}
