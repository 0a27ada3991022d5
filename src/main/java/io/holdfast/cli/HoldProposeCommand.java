package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "propose",
        description = {
            "Proposes a change of holds that takes two people: to lift some, to replace some by a wider version,",
            "and to place others together with that, all at once. It is found out first what it would do to all requests, and to",
            "those of the last 30 days; others approve it with that.",
            "Exits with 5: another person reads it (`holdfast hold changes`) and gives `holdfast hold approve`."
        })
final class HoldProposeCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 64 * 1024;

    @Option(names = "--lift", paramLabel = "ID", description = "A hold to lift. Several are allowed.")
    private List<String> lift = List.of();

    @Option(
            names = "--replace",
            paramLabel = "FILE",
            description = "The next version of a hold, in JSON as `holdfast hold place` takes it. Several are allowed.")
    private List<String> replace = List.of();

    @Option(
            names = "--place",
            paramLabel = "FILE",
            description =
                    "A new hold that is to stand together with the rest, in JSON as `holdfast hold place` takes it. Several are allowed.")
    private List<String> place = List.of();

    @Mixin
    private EvidenceOption evidence;

    @Option(
            names = "--approve-by",
            paramLabel = "TIME",
            description =
                    "After this nobody can approve it; default in a week. Such as 2026-12-01T09:00[Europe/Berlin] "
                            + "or 2026-12-01T08:00:00Z.")
    private String approveBy;

    @Option(
            names = "--effective",
            paramLabel = "TIME",
            description = "Not before this it takes effect; default as soon as it is approved.")
    private String effective;

    @Option(
            names = "--effective-by",
            paramLabel = "TIME",
            description = "After this it does not take effect any more; default a week after --approve-by.")
    private String effectiveBy;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in words. It is sealed in the log.")
    private String reason;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ObjectNode body = body();
        ObjectNode answer = proof.keep(() -> server.connect().post("/v1/hold-changes", body));
        return HoldChangeView.print(answer, output);
    }

    private ObjectNode body() {
        if (lift.isEmpty() && replace.isEmpty() && place.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "give what is to change: --lift ID, --replace FILE, --place FILE, or several of them");
        }
        ObjectNode body = Json.object();
        ArrayNode changes = body.putArray("changes");
        lift.forEach(id -> evidence.add(changes.addObject().put("lift", Names.hold(id))));
        replace.forEach(file -> {
            ObjectNode change = changes.addObject();
            change.set("replace", Json.read(file, LocalFile.read(file, MOST_BYTES)));
            evidence.add(change);
        });
        place.forEach(file -> changes.addObject().set("place", Json.read(file, LocalFile.read(file, MOST_BYTES))));
        putTime(body, "approve-by", approveBy);
        putTime(body, "effective", effective);
        putTime(body, "effective-by", effectiveBy);
        return body.put("reason", reason);
    }

    private static void putTime(ObjectNode body, String name, String text) {
        if (text != null) {
            body.put(name, ZonedTime.parse("--" + name, text).toString());
        }
    }
}
