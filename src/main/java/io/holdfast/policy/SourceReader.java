package io.holdfast.policy;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Reads {@code source}, wherever it stands. */
final class SourceReader {

    private static final Map<String, Source.Status> STATUSES = Spelling.of(Source.Status.values(), Source.Status::name);

    private SourceReader() {}

    /** {@code null} after a problem was noted. */
    static Source read(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("cite", "verified-on", "status");
        String cite = section.need("cite").text();
        Optional<LocalDate> verifiedOn = section.find("verified-on").map(Value::date);
        Source.Status status = section.need("status").oneOf(STATUSES);
        if (status == Source.Status.READ && section.find("verified-on").isEmpty()) {
            section.problem("a source that was READ says when: add verified-on");
        }
        return section.isSound() ? new Source(cite, verifiedOn, status) : null;
    }
}
