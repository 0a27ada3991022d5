package io.holdfast.policy;

import io.holdfast.legal.Exit;
import java.util.Map;
import java.util.function.Function;

/** Reads {@code exit}: a type, and for most types the one thing that must be named. */
final class ExitReader {

    private record Form(String key, Function<String, Exit> make) {}

    private static final Map<String, Form> FORMS = Map.of(
            "INTERNAL-REVIEW", new Form("owner", Exit.InternalReview::new),
            "NAMED-REVIEW", new Form("deliverable", Exit.NamedReview::new),
            "EXTERNAL-GUIDANCE", new Form("party", Exit.ExternalGuidance::new),
            "EXTERNAL-EVENT", new Form("event", Exit.ExternalEvent::new),
            "BOARD-RESOLUTION", new Form("", nothing -> new Exit.BoardResolution()),
            "NONE", new Form("", nothing -> new Exit.None()));

    private ExitReader() {}

    /** {@code null} after a problem was noted. */
    static Exit read(Value value) {
        Section section = value.section();
        Form form = section == null ? null : section.need("type").oneOf(FORMS);
        if (form == null) {
            return null;
        }
        if (form.key.isEmpty()) {
            section.allow("type");
            return form.make.apply("");
        }
        String named = section.allow("type", form.key).need(form.key).text();
        return section.isSound() ? form.make.apply(named) : null;
    }
}
