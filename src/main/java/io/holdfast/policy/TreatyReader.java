package io.holdfast.policy;

import io.holdfast.legal.Channel;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Jurisdiction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code treaties.yaml}. */
final class TreatyReader {

    private static final Map<String, Channel> CHANNELS =
            Spelling.of(new Channel[] {Channel.TREATY, Channel.EXECUTIVE_AGREEMENT}, Channel::code);
    private static final Map<String, Treaty.Status> STATUSES = Spelling.of(Treaty.Status.values(), Treaty.Status::name);

    private final Vocabulary vocabulary;
    private final Ids ids = new Ids();

    TreatyReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    List<Treaty> read(Section root) {
        root.allow("treaties");
        List<Treaty> treaties = new ArrayList<>();
        for (Value part : root.need("treaties").list()) {
            Section section = part.section();
            if (section != null) {
                treaty(section).ifPresent(treaties::add);
            }
        }
        return treaties;
    }

    private Optional<Treaty> treaty(Section section) {
        section.allow("id", "parties", "channel", "history", "source");
        String id = ids.take(section.need("id"));
        Set<Jurisdiction> parties = Value.distinct(section.need("parties").list(), this::party);
        Channel channel = section.need("channel").oneOf(CHANNELS);
        List<Treaty.Turn> history = new ArrayList<>();
        for (Value part : section.need("history").list()) {
            Section turn = part.section();
            if (turn != null) {
                turn(turn).ifPresent(history::add);
            }
        }
        Source source = SourceReader.read(section.need("source"));
        if (!section.isSound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Treaty(id, parties, channel, history, source));
        } catch (IllegalArgumentException e) {
            section.problem(e);
            return Optional.empty();
        }
    }

    private static Optional<Treaty.Turn> turn(Section section) {
        section.allow("status", "since");
        Treaty.Status status = section.need("status").oneOf(STATUSES);
        Instant since = section.need("since").instant();
        return section.isSound() ? Optional.of(new Treaty.Turn(status, since)) : Optional.empty();
    }

    private Jurisdiction party(Value value) {
        String code = value.text();
        var places = vocabulary.words(Dimension.ISSUER_JURISDICTION).keySet();
        if (code == null || places.contains(code)) {
            return code == null ? null : Jurisdiction.of(code);
        }
        return value.unknown(code, places);
    }
}
