package io.holdfast.policy;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One file to one tree of sections. A small part of YAML only: one document of mappings, lists and text. The tree of
 * nodes is used as it is, and never turned into maps: there {@code NO} would become {@code false}, and Norway vanish.
 */
final class StrictYaml {

    private static final int DEEPEST = 12;

    private StrictYaml() {}

    /** The document of this schema and kind, or nothing when a problem was noted. */
    static Optional<Section> read(String file, byte[] bytes, String kind, Problems problems) {
        return root(file, bytes, problems).filter(section -> {
            int before = problems.count();
            section.need("schema").expect("holdfast/v1");
            section.need("kind").expect(kind);
            return problems.count() == before;
        });
    }

    private static Optional<Section> root(String file, byte[] bytes, Problems problems) {
        Optional<String> text = StrictText.read(file, bytes, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!isPlain(file, text.get(), problems)) {
                return Optional.empty();
            }
            Node root = yaml().compose(new StringReader(text.get()));
            if (root instanceof MappingNode mapping) {
                return Optional.of(Section.of(file, mapping, problems));
            }
            problems.add(file, 1, 1, "must start with 'schema: holdfast/v1' and 'kind: ...'");
        } catch (MarkedYAMLException e) {
            problems.add(file, e.getProblemMark(), "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file, 1, 1, "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Goes over the events first: an alias, an anchor or a tag leaves no trace in the tree of nodes. */
    private static boolean isPlain(String file, String text, Problems problems) {
        int before = problems.count();
        int documents = 0;
        int depth = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            String refused = refused(event);
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                refused = "a file holds one document; give this one a file of its own";
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                refused = "is nested more than " + DEEPEST + " deep";
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (!refused.isEmpty()) {
                problems.add(file, event.getStartMark(), refused);
            }
            if (depth > DEEPEST || documents > 1) {
                return false;
            }
        }
        return problems.count() == before;
    }

    private static String refused(Event event) {
        if (event instanceof AliasEvent) {
            return "aliases are not allowed; write the value out";
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            return "anchors are not allowed; write the value out where it is needed";
        }
        boolean tagged = (event instanceof ScalarEvent scalar && scalar.getTag() != null)
                || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
        if (tagged) {
            return "tags are not allowed; every value is text";
        }
        if (event instanceof DocumentStartEvent start && (start.getVersion() != null || hasTags(start))) {
            return "directives are not allowed; remove the lines that start with %";
        }
        return "";
    }

    private static boolean hasTags(DocumentStartEvent start) {
        return start.getTags() != null && !start.getTags().isEmpty();
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEEPEST + 1);
        options.setCodePointLimit(StrictText.MOST_BYTES);
        options.setProcessComments(false);
        return new Yaml(options);
    }
}
