package io.holdfast.policy;

import io.holdfast.legal.Instrument;
import io.holdfast.legal.Match;
import io.holdfast.legal.Obligations;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code packs/*.yaml}. */
final class PackReader {

    private final MatchReader matches;
    private final Ids grantIds;

    PackReader(MatchReader matches, Ids grantIds) {
        this.matches = matches;
        this.grantIds = grantIds;
    }

    Optional<Pack> read(Section root) {
        root.allow("id", "title", "valid", "source", "grants", "not-served");
        String id = root.need("id").id();
        String title = root.need("title").text();
        Validity valid = validity(root.need("valid"));
        Source source = SourceReader.read(root.need("source"));
        List<Grant> grants = new ArrayList<>();
        for (Value part : root.need("grants").list()) {
            Section section = part.section();
            if (section != null) {
                grant(section, valid, source).ifPresent(grants::add);
            }
        }
        List<NotServed> notServed = new ArrayList<>();
        for (Value part : root.find("not-served").map(Value::list).orElse(List.of())) {
            Section section = part.section();
            if (section != null) {
                notServed(section, source).ifPresent(notServed::add);
            }
        }
        return root.isSound() ? Optional.of(new Pack(id, title, valid, source, grants, notServed)) : Optional.empty();
    }

    private Optional<NotServed> notServed(Section section, Source packSource) {
        section.allow("instrument", "basis", "reaches", "why", "source");
        Instrument instrument = matches.instrument(section.need("instrument"));
        String basis = section.need("basis").text();
        Match reaches = section.find("reaches").map(matches::read).orElse(Match.ALL);
        String why = section.need("why").text();
        Source source = section.find("source").map(SourceReader::read).orElse(packSource);
        return section.isSound() && source != null
                ? Optional.of(new NotServed(instrument, basis, reaches, why, source))
                : Optional.empty();
    }

    private static Validity validity(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("from", "until");
        Instant from = section.need("from").instant();
        Optional<Instant> until = section.find("until").map(Value::instant);
        if (!section.isSound()) {
            return null;
        }
        try {
            return new Validity(from, until);
        } catch (IllegalArgumentException e) {
            section.problem(e);
            return null;
        }
    }

    private Optional<Grant> grant(Section section, Validity valid, Source packSource) {
        section.allow(
                "id",
                "basis",
                "when",
                "serve-within",
                "approvals",
                "clock",
                "notice",
                "preserve",
                "duties",
                "becomes",
                "unencrypted",
                "source");
        String id = grantIds.take(section.need("id"));
        String basis = section.need("basis").text();
        Match when = matches.read(section.need("when"));
        Optional<Period> serveWithin = section.find("serve-within").map(Value::period);
        Obligations obligations = ObligationsReader.read(section);
        section.find("becomes").ifPresent(value -> value.expect("REFERRED"));
        Optional<Source> unencrypted = section.find("unencrypted").map(SourceReader::read);
        Source source = section.find("source").map(SourceReader::read).orElse(packSource);
        if (!section.isSound() || valid == null || source == null) {
            return Optional.empty();
        }
        try {
            boolean peopleOnly = section.find("becomes").isPresent();
            return Optional.of(
                    new Grant(id, basis, when, obligations, valid, serveWithin, peopleOnly, unencrypted, source));
        } catch (IllegalArgumentException e) {
            section.problem(e);
            return Optional.empty();
        }
    }
}
