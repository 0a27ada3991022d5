package io.holdfast.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A mapping of a policy file. Reading it never throws: what is wrong goes to the problems, and {@link #isSound} says
 * whether everything read since the section was opened was right.
 */
final class Section {

    private final String file;
    private final Mark start;
    private final Problems problems;
    private final int problemsBefore;
    private final Map<String, Value> values;
    private final Map<String, Mark> keys;

    private Section(String file, Mark start, Problems problems, Map<String, Value> values, Map<String, Mark> keys) {
        this.file = file;
        this.start = start;
        this.problems = problems;
        this.problemsBefore = problems.count();
        this.values = values;
        this.keys = keys;
    }

    static Section of(String file, MappingNode node, Problems problems) {
        Section section =
                new Section(file, node.getStartMark(), problems, new LinkedHashMap<>(), new LinkedHashMap<>());
        node.getValue().forEach(section::put);
        return section;
    }

    /** The same section, sound again: problems of other files that were noted meanwhile are not its own. */
    Section reopened() {
        return new Section(file, start, problems, values, keys);
    }

    private void put(NodeTuple tuple) {
        Mark mark = tuple.getKeyNode().getStartMark();
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(file, mark, "a key must be a single word");
            return;
        }
        String name = key.getValue();
        Mark first = keys.putIfAbsent(name, mark);
        if (first != null) {
            problems.add(file, mark, "the key '" + name + "' is already there in line " + (first.getLine() + 1));
            return;
        }
        values.put(name, new Value(file, name, tuple.getValueNode(), mark, problems));
    }

    String file() {
        return file;
    }

    Set<String> keys() {
        return values.keySet();
    }

    /** Notes every key that is not one of these; {@code schema} and {@code kind} have been looked at by then. */
    Section allow(String... known) {
        List<String> words = List.of(known);
        keys.forEach((key, mark) -> {
            if (!words.contains(key) && !key.equals("schema") && !key.equals("kind")) {
                problems.add(file, mark, "unknown key '" + key + "'" + NearestWord.hint(key, words));
            }
        });
        return this;
    }

    Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value, or one that yields nothing after a problem was noted. */
    Value need(String key) {
        Value value = values.get(key);
        if (value != null) {
            return value;
        }
        String hint = NearestWord.hint(key, keys.keySet()).isEmpty() ? "" : " (is it misspelt?)";
        problem("the key '" + key + "' is missing" + hint);
        return Value.absent(file, key, start, problems);
    }

    void problem(String sentence) {
        problems.add(file, start, sentence);
    }

    /** At the key that the sentence starts with, if there is one ({@code review-by: a PAUSE needs one}). */
    void problem(IllegalArgumentException rule) {
        String sentence = rule.getMessage();
        int colon = sentence.indexOf(':');
        Mark mark = colon < 0 ? null : keys.get(sentence.substring(0, colon));
        problems.add(file, mark == null ? start : mark, sentence);
    }

    boolean isSound() {
        return problems.count() == problemsBefore;
    }
}
