package io.holdfast.policy;

import io.holdfast.legal.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads all files of a set into one rulebook, or says everything that is wrong with them. */
final class RulebookReader {

    private final SortedMap<String, byte[]> files;
    private final String digest;
    private final Problems problems;
    private final Map<Place, List<Section>> sections = new EnumMap<>(Place.class);

    RulebookReader(SortedMap<String, byte[]> files, String digest, Problems problems) {
        this.files = files;
        this.digest = digest;
        this.problems = problems;
    }

    Rulebook read() throws PolicyException {
        files.forEach(this::open);
        Optional<Vocabulary> vocabulary = vocabulary();
        if (vocabulary.isEmpty()) {
            // Without its words nothing else can be read: stop here, or every rule would be reported.
            problems.throwIfAny();
            throw new AssertionError("no vocabulary, and no problem noted");
        }
        Rulebook rulebook = read(vocabulary.get());
        problems.throwIfAny();
        return rulebook;
    }

    private void open(String path, byte[] bytes) {
        Optional<Place> place = Place.of(path);
        if (place.isEmpty()) {
            problems.add(
                    path,
                    1,
                    1,
                    "is at no place where policies are read, so it would have no effect;"
                            + " names are small letters, digits, dots and hyphens and end in .yaml (tests: .test.yaml)");
            return;
        }
        StrictYaml.read(path, bytes, place.get().kind(), problems)
                .ifPresent(section -> of(place.get()).add(section));
    }

    private List<Section> of(Place place) {
        return sections.computeIfAbsent(place, p -> new ArrayList<>());
    }

    private Optional<Vocabulary> vocabulary() {
        if (!files.containsKey("vocabulary.yaml")) {
            problems.add("vocabulary.yaml", 1, 1, "is missing");
        }
        return of(Place.VOCABULARY).stream().findFirst().map(Section::reopened).flatMap(VocabularyReader::read);
    }

    private Rulebook read(Vocabulary vocabulary) {
        MatchReader matches = new MatchReader(vocabulary);
        PackReader packReader = new PackReader(matches, new Ids());
        Ids packIds = new Ids();
        List<Pack> packs = new ArrayList<>();
        for (Section section : of(Place.PACK)) {
            section.find("id").ifPresent(packIds::take);
            packReader.read(section.reopened()).ifPresent(packs::add);
        }
        List<Treaty> treaties = new ArrayList<>();
        of(Place.TREATIES).forEach(section -> treaties.addAll(new TreatyReader(vocabulary).read(section.reopened())));
        HoldReader holdReader = new HoldReader(matches);
        List<Hold> start = holds(holdReader, of(Place.HOLD));
        SortedMap<String, Posture> postures = postures(holdReader);
        InvariantsReader invariantsReader = new InvariantsReader(matches);
        List<Invariant> invariants = new ArrayList<>();
        of(Place.INVARIANTS).forEach(section -> invariants.addAll(invariantsReader.read(section.reopened())));
        List<TestTable> tests = new ArrayList<>();
        TestTableReader testReader = new TestTableReader(postures.keySet());
        of(Place.TESTS).forEach(section -> testReader.read(section.reopened()).ifPresent(tests::add));
        return new Rulebook(digest, vocabulary, packs, treaties, start, postures, invariants, tests);
    }

    private static List<Hold> holds(HoldReader reader, Collection<Section> sections) {
        Ids ids = new Ids();
        List<Hold> holds = new ArrayList<>();
        for (Section section : sections) {
            reader.read(section.reopened(), ids).ifPresent(holds::add);
        }
        return holds;
    }

    private SortedMap<String, Posture> postures(HoldReader reader) {
        SortedMap<String, List<Section>> byName = new TreeMap<>();
        of(Place.POSTURE_HOLD)
                .forEach(section -> byName.computeIfAbsent(postureOf(section), n -> new ArrayList<>())
                        .add(section));
        SortedMap<String, String> titles = new TreeMap<>();
        for (Section section : of(Place.POSTURE)) {
            titles.put(
                    postureOf(section),
                    section.reopened().allow("title").need("title").text());
        }
        titles.keySet().forEach(name -> byName.putIfAbsent(name, List.of()));
        SortedMap<String, Posture> postures = new TreeMap<>();
        byName.forEach((name, sections) ->
                postures.put(name, new Posture(name, titles.getOrDefault(name, name), holds(reader, sections))));
        return postures;
    }

    private static String postureOf(Section section) {
        return section.file().split("/")[1];
    }
}
