package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Finding;
import io.holdfast.audit.ProofVerification;
import io.holdfast.audit.Verification;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a check, for people, for programs and as an exit code.
 *
 * @param holds whether the data can be relied on
 */
record Judgement(boolean holds, List<String> lines, ObjectNode json) {

    static Judgement of(Verification log) {
        List<String> lines = findings(log.findings());
        if (log.unlisted() > 0) {
            lines.add("and " + log.unlisted() + " more");
        }
        lines.add(
                log.holds()
                        ? Terminal.safe(log.origin()) + " holds: " + entries(log.size()) + ", root " + log.rootText()
                        : failed(log.findings().size() + log.unlisted(), "log"));
        log.remarks().forEach(remark -> lines.add("note: " + remark));
        ObjectNode json = head(log.holds(), log.origin(), log.size(), log.rootText(), log.findings());
        json.set("remarks", Json.texts(log.remarks()));
        return new Judgement(log.holds(), lines, json.put("unlisted", log.unlisted()));
    }

    static Judgement of(ProofVerification proof) {
        List<String> lines = findings(proof.findings());
        ObjectNode json =
                head(proof.holds(), proof.origin(), proof.size(), proof.root().base64(), proof.findings());
        json.put("index", proof.index());
        proof.entry().ifPresent(entry -> json.set("entry", EntryView.json(proof.index(), entry)));
        if (proof.holds()) {
            lines.add("proven: entry " + proof.index() + " of " + Terminal.safe(proof.origin()) + ", "
                    + entries(proof.size()) + ", root " + proof.root().base64());
            proof.entry().ifPresent(entry -> lines.addAll(EntryView.lines(proof.index(), entry)));
        } else {
            lines.add(failed(proof.findings().size(), "record"));
        }
        return new Judgement(proof.holds(), lines, json);
    }

    int exitCode() {
        return holds ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static String entries(long size) {
        return Counted.of(size, "entry", "entries");
    }

    private static List<String> findings(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.add(finding.toString()));
        return lines;
    }

    private static String failed(long findings, String what) {
        return Counted.of(findings, "finding") + "; do not rely on this " + what;
    }

    private static ObjectNode head(boolean holds, String origin, long size, String root, List<Finding> findings) {
        ObjectNode json = Json.object().put("holds", holds);
        json.put("origin", origin).put("size", size).put("root", root);
        json.set("findings", Json.list(findings, Judgement::json));
        return json;
    }

    static ObjectNode json(Finding finding) {
        ObjectNode json = Json.object();
        json.set("files", Json.texts(finding.files()));
        finding.entry().ifPresent(index -> json.put("entry", index));
        return json.put("sentence", finding.sentence());
    }
}
