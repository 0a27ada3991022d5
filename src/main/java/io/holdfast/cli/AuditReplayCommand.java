package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Disagreement;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Replayed;
import io.holdfast.audit.Scrutiny;
import io.holdfast.report.Recount;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Checks a log, then decides every request in it again from the log alone, and tells each entry that should have",
            "come out differently. Counts every published report again too. Exits with 1 if one does not agree, or if the",
            "log does not hold."
        })
final class AuditReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "PLACE",
            description = "An export, a folder or an archive, or the address of a gateway.")
    private String place;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            return replay(SteadyLog.of(LogPlace.open(place, token)), progress);
        }
    }

    private int replay(LogSource log, Progress progress) {
        Judgement judgement = Judgement.of(LogVerifier.verify(
                log, trust.anchors(), Scrutiny.full(Clock.systemUTC().instant()), progress));
        List<String> lines = new ArrayList<>(judgement.lines());
        ObjectNode json = Json.object().set("log", judgement.json());
        if (!judgement.holds()) {
            lines.add("so nothing was decided again");
            output.print(lines, json.put("agrees", false));
            return ExitCode.CHECK_FAILED;
        }
        Replayed replayed = Replay.run(log, progress);
        List<Disagreement> disagreements = new ArrayList<>(replayed.disagreements());
        disagreements.addAll(Recount.run(log, replayed.published()));
        boolean agrees = disagreements.isEmpty();
        disagreements.forEach(one -> lines.add(one.toString()));
        if (replayed.unlisted() > 0) {
            lines.add("and " + replayed.unlisted() + " more");
        }
        lines.add(Counted.of(replayed.decisions(), "decision") + " decided again: "
                + (replayed.agrees() ? "all came out as they should" : "not all came out as they should"));
        if (!replayed.published().isEmpty()) {
            lines.add(Counted.of(replayed.published().size(), "published report") + " counted again");
        }
        json.put("agrees", agrees);
        json.put("entries", replayed.entries());
        json.put("decisions", replayed.decisions());
        json.put("reports", replayed.published().size());
        json.set("disagreements", Json.list(disagreements, AuditReplayCommand::json));
        output.print(lines, json.put("unlisted", replayed.unlisted()));
        return agrees ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static JsonNode json(Disagreement one) {
        return Json.object().put("entry", one.index()).put("says", one.says()).put("should", one.should());
    }
}
