package io.holdfast.policy;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where each kind of file lives. A YAML file anywhere else is refused: a hold that nobody reads protects nobody. */
enum Place {
    VOCABULARY("Vocabulary", "vocabulary\\.yaml"),
    TREATIES("Treaties", "treaties\\.yaml"),
    PACK("Pack", "packs/NAME\\.yaml"),
    HOLD("Hold", "holds/NAME\\.yaml"),
    POSTURE("Posture", "postures/NAME/posture\\.yaml"),
    POSTURE_HOLD("Hold", "postures/NAME/NAME\\.yaml"),
    INVARIANTS("Invariants", "invariants\\.yaml"),
    TESTS("Tests", "tests/NAME\\.test\\.yaml");

    /** What a file or a posture may be called. */
    static final String NAME = "[a-z0-9]+(?:[.-][a-z0-9]+)*";

    private final String kind;
    private final Pattern path;

    Place(String kind, String path) {
        this.kind = kind;
        this.path = Pattern.compile(path.replace("NAME", NAME));
    }

    String kind() {
        return kind;
    }

    static Optional<Place> of(String path) {
        return Stream.of(values())
                .filter(place -> place.path.matcher(path).matches())
                .findFirst();
    }
}
