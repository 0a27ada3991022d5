package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = {
            "Shows which rulebook a gateway decides with, and what lies in its directory of policies: the same; something bad,",
            "with what is wrong (exits with 1); or something that waits for people, with what it would change (exits with 5)."
        })
final class PolicyStatusCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ObjectNode answer = server.connect().get("/v1/rulebooks");
        JsonNode directory = answer.path("directory");
        String state = directory.path("state").asText();
        List<String> lines = new ArrayList<>();
        lines.add("in force   " + answer.path("in-force").asText());
        switch (state) {
            case "BAD" -> bad(directory, lines);
            case "WAITING" -> waiting(directory, lines);
            default -> lines.add("directory  the same");
        }
        output.print(lines, answer);
        return switch (state) {
            case "BAD" -> ExitCode.CHECK_FAILED;
            case "WAITING" -> ExitCode.WAITING;
            default -> ExitCode.OK;
        };
    }

    private static void bad(JsonNode directory, List<String> lines) {
        lines.add("directory  BAD: it does not come into force, and what is in force stays");
        lines.add("");
        for (JsonNode problem : directory.path("problems")) {
            lines.add(Terminal.safe(problem.path("file").asText() + ":"
                    + problem.path("line").asText() + ":"
                    + problem.path("column").asText() + ": "
                    + problem.path("sentence").asText()));
        }
    }

    private static void waiting(JsonNode directory, List<String> lines) {
        String digest = directory.path("digest").asText();
        lines.add("directory  " + digest);
        lines.add("");
        lines.add("What it changes where no hold stands:");
        told(directory.path("told"), lines);
        lines.add("Under the holds in force:");
        told(directory.path("told-under-holds"), lines);
        directory
                .at("/change/dropped")
                .forEach(id -> lines.add("OPENS  the statement " + Terminal.safe(id.asText()) + " is kept no more"));
        lines.addAll(PreviewView.requests(directory.path("proposal")));
        lines.add("");
        lines.add(next(directory, digest));
    }

    private static String next(JsonNode directory, String digest) {
        if (!directory.path("takes-two").asBoolean()) {
            return "it opens nothing, and comes into force by itself within seconds";
        }
        return directory.has("proposal")
                ? "proposed until " + directory.at("/proposal/stands-until").asText()
                        + "; another person agrees with\nholdfast policy activate " + digest
                : "it takes two people; the first one proposes it with\nholdfast policy propose " + digest;
    }

    private static void told(JsonNode told, List<String> lines) {
        if (told.isEmpty()) {
            lines.add("  nothing");
        }
        told.forEach(one -> lines.add("  " + (one.path("opens").asBoolean() ? "OPENS  " : "")
                + Terminal.safe(one.path("sentence").asText())));
    }
}
