package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Finding;
import io.holdfast.audit.ForkEvidence;
import io.holdfast.audit.Gossip;
import io.holdfast.audit.LogLayout;
import io.holdfast.audit.Sighting;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "gossip",
        description = {
            "Compares the checkpoints that different people have seen, in any number of files, exports, archives and proofs.",
            "Exits with 1 if a log was forked, and prints the evidence, which convinces whoever trusts the log's key.",
            "With --check, exits with 0 if the evidence proves a fork, and with 1 if it does not."
        })
final class LogGossipCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "The folder with all of them.")
    private Path folder;

    @Option(
            names = "--log",
            paramLabel = "PLACE",
            description = "The log: an export or a gateway. With it, checkpoints of different sizes are compared too.")
    private String log;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description =
                    "Write the evidence of a fork here, to a file that is not there yet; of more, to FILE.2 and on.")
    private Path evidence;

    @Option(names = "--check", paramLabel = "FILE", description = "Check this evidence instead.")
    private String check;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if ((folder == null) == (check == null) || check != null && (log != null || evidence != null)) {
            throw new CommandFailure(ExitCode.USAGE, "give DIR, or --check and no more than whom to trust");
        }
        return check == null ? compare() : check();
    }

    private int check() {
        ForkEvidence fork;
        try {
            fork = ForkEvidence.parse(LocalFile.read(check, ForkEvidence.MOST_BYTES));
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, check + " is no evidence of a fork: " + e.getMessage());
        }
        List<Finding> findings = fork.check(trust.anchors(), Clock.systemUTC().instant());
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.add(finding.toString()));
        lines.add(
                findings.isEmpty()
                        ? "proven: " + Terminal.safe(fork.sentence())
                        : Counted.of(findings.size(), "finding") + "; this proves nothing");
        output.print(
                lines,
                Json.object()
                        .put("proven", findings.isEmpty())
                        .put("origin", fork.origin())
                        .set("findings", Json.list(findings, Judgement::json)));
        return findings.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private int compare() {
        CheckpointPile pile = CheckpointPile.read(folder);
        Gossip gossip = new Gossip(trust.anchors(), Clock.systemUTC().instant());
        pile.sightings().forEach(gossip::add);
        SteadyLog compared = log == null ? null : SteadyLog.of(LogPlace.open(log, token));
        if (compared != null) {
            gossip.add(new Sighting(log, checkpoint(compared)));
        }
        gossip.compare();
        if (compared != null) {
            gossip.compareWith(compared);
        }
        if (gossip.heard().isEmpty()) {
            String why =
                    gossip.passedOver().stream().map(Terminal::safe).findFirst().orElse("there is none at all");
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, folder + " has no checkpoint of a log that you trust: " + why);
        }
        keep(gossip.forks());
        output.print(lines(gossip, pile), json(gossip, pile));
        return gossip.forks().isEmpty() && gossip.findings().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private SignedNote checkpoint(SteadyLog compared) {
        try {
            return SignedNote.parse(compared.read(LogLayout.CHECKPOINT)
                    .orElseThrow(() -> new CommandFailure(ExitCode.UNREACHABLE, log + " has no checkpoint")));
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, log + ": " + e.getMessage());
        }
    }

    private void keep(List<ForkEvidence> forks) {
        for (int i = 0; evidence != null && i < forks.size(); i++) {
            Path file = i == 0 ? evidence : evidence.resolveSibling(evidence.getFileName() + "." + (i + 1));
            try (NewFile reserved = NewFile.reserve(file)) {
                reserved.write(forks.get(i).print());
            }
        }
    }

    private List<String> lines(Gossip gossip, CheckpointPile pile) {
        List<String> lines = new ArrayList<>();
        Table table = new Table("log", "entries", "root", "seen at");
        gossip.heard()
                .forEach(one -> table.row(
                        one.checkpoint().origin(),
                        one.checkpoint().size(),
                        one.checkpoint().root().base64(),
                        String.join(", ", one.places())));
        lines.addAll(table.lines());
        gossip.passedOver().forEach(sentence -> lines.add("not compared: " + Terminal.safe(sentence)));
        pile.unreadable().forEach(sentence -> lines.add("not compared: " + sentence));
        if (pile.others() > 0) {
            lines.add("no checkpoint in " + Counted.of(pile.others(), "file"));
        }
        gossip.findings().forEach(finding -> lines.add(finding.toString()));
        for (ForkEvidence fork : gossip.forks()) {
            lines.add("");
            lines.add("FORK");
            new String(fork.print(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Terminal::safe)
                    .forEach(lines::add);
        }
        lines.add(judgement(gossip));
        return lines;
    }

    private String judgement(Gossip gossip) {
        if (!gossip.forks().isEmpty()) {
            return Counted.of(gossip.forks().size(), "fork") + "; do not rely on this log, and keep the evidence";
        }
        if (!gossip.findings().isEmpty()) {
            return Counted.of(gossip.findings().size(), "finding") + "; do not rely on this log";
        }
        return log == null
                ? "no fork: no two of one size differ; --log compares those of different sizes too"
                : "no fork: the log begins with each of them that it is as long as";
    }

    private static ObjectNode json(Gossip gossip, CheckpointPile pile) {
        ObjectNode json = Json.object().put("forked", !gossip.forks().isEmpty());
        json.set("checkpoints", Json.list(gossip.heard(), LogGossipCommand::json));
        json.set(
                "forks",
                Json.list(
                        gossip.forks(),
                        fork -> Json.object()
                                .put("origin", fork.origin())
                                .put("sentence", fork.sentence())
                                .put("evidence", new String(fork.print(), StandardCharsets.UTF_8))));
        json.set("findings", Json.list(gossip.findings(), Judgement::json));
        List<String> notCompared = new ArrayList<>(gossip.passedOver());
        notCompared.addAll(pile.unreadable());
        json.set("not-compared", Json.texts(notCompared));
        return json.put("other-files", pile.others());
    }

    private static JsonNode json(Gossip.Heard one) {
        ObjectNode json = Json.object()
                .put("origin", one.checkpoint().origin())
                .put("size", one.checkpoint().size())
                .put("root", one.checkpoint().root().base64())
                .put("quorum", one.judged().quorum());
        return json.set("places", Json.texts(one.places()));
    }
}
