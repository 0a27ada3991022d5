package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what entries name: rulebooks must be there, texts of holds may have been erased, and nothing may be another thing. */
final class NamedCheck {

    private final LogSource log;
    private final CheckedFiles required;
    private final Noted<Finding> findings;
    private final List<String> remarks;
    private final Set<String> files = new HashSet<>();

    NamedCheck(LogSource log, Noted<Finding> findings, List<String> remarks) {
        this.log = log;
        this.required = new CheckedFiles(log, findings);
        this.findings = findings;
        this.remarks = remarks;
    }

    void check(Succession succession) {
        for (String digest : succession.rulebooks()) {
            new RulebookFiles(digest, required, findings)
                    .read()
                    .keySet()
                    .forEach(path -> files.add(LogLayout.rulebookFile(digest, path)));
        }
        succession.reports().forEach(this::report);
        succession.holds().forEach((texts, hold) -> texts(LogLayout.holdFile(texts), hold));
    }

    private void report(Hash digest) {
        String path = LogLayout.reportFile(digest);
        files.add(path);
        required.read(path)
                .filter(bytes -> !Hash.sha256(bytes).equals(digest))
                .ifPresent(bytes -> findings.add(Finding.in(path, "is not the report that its name says")));
    }

    private void texts(String path, RecordedHold hold) {
        files.add(path);
        try {
            Optional<byte[]> bytes = log.read(path);
            bytes.ifPresentOrElse(
                    hold::with,
                    () -> remarks.add("the texts of hold " + hold.hold().reference()
                            + " are not here: they were erased, or left out"));
        } catch (UnreadableException e) {
            findings.add(Finding.in(path, e.getMessage()));
        }
    }

    /** The paths of what is named, whether it is there or not. */
    Set<String> files() {
        return files;
    }
}
