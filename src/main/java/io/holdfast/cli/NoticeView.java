package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What stands of telling the person concerned by one request. */
final class NoticeView {

    private NoticeView() {}

    static String path(String id) {
        return "/v1/requests/" + Names.request(id) + "/notice";
    }

    /** In a few words. */
    static String words(JsonNode notice) {
        StringBuilder words = new StringBuilder(notice.path("state").asText());
        add(notice, "why", ", ", words);
        add(notice, "since", " since ", words);
        add(notice, "ground", ", ", words);
        add(notice, "until", " until ", words);
        add(notice, "review", ", review by ", words);
        add(notice, "told", " at ", words);
        return words.toString();
    }

    private static void add(JsonNode notice, String name, String before, StringBuilder words) {
        if (notice.has(name)) {
            words.append(before).append(notice.path(name).asText());
        }
    }

    static List<String> lines(ObjectNode answer) {
        Table table = new Table()
                .row("request", answer.path("request").asText())
                .row("notice", words(answer))
                .row("record", answer.path("record").path("index").asText());
        JsonNode proposed = answer.path("proposed");
        if (!proposed.isMissingNode()) {
            table.row("proposed", words(proposed).stripLeading().replaceFirst("^, ", ""));
            table.row("stands until", proposed.path("stands-until").asText());
        }
        return table.lines();
    }
}
