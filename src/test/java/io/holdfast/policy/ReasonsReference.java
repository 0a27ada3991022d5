package io.holdfast.policy;

import io.holdfast.legal.Ground;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/reference/reasons.md from the reasons themselves. */
final class ReasonsReference {

    private ReasonsReference() {}

    static String write() {
        StringBuilder out = new StringBuilder();
        out.append("# Reasons\n\n")
                .append("Generated from the code; `ReasonsReferenceTest` says how to write it again.\n\n")
                .append(
                        "A decision carries at least one reason, the most important first: the order of this page. Codes\n")
                .append(
                        "are stable, and entries of the log hold the codes alone. The steps are those of the [order of\n")
                .append("evaluation](policy-format.md#order-of-evaluation).\n\n")
                .append(
                        "The ground is what a provider would tick in section D of the form in Annex III of Regulation (EU)\n")
                .append(
                        "2023/1543, whether or not the request came under it; `OTHER` where nothing on that list says the\n")
                .append(
                        "same. It is a proposal to the people who fill in the form. A hold refuses nothing, so it has none;\n")
                .append("one that outlasts the time to answer has to be told to the issuing authority as `OTHER`.\n");
        for (Reason reason : Reason.values()) {
            reason(out, reason);
        }
        grounds(out);
        return out.toString();
    }

    private static void reason(StringBuilder out, Reason reason) {
        ReasonUse use = ReasonUse.of(reason);
        out.append("\n## ").append(reason.code()).append("\n\n| | |\n|---|---|\n");
        row(out, "English", reason.sentence());
        row(out, "zh-Hant", reason.chinese());
        row(out, "Annex III", reason.ground().map(ground -> code(ground.code())).orElse("none: nothing is refused"));
        row(out, "outcomes", outcomes(use));
        row(out, "given", String.join("<br>", use.places()));
    }

    private static String outcomes(ReasonUse use) {
        String outcomes = list(Stream.of(Outcome.values())
                .filter(use.outcomes()::contains)
                .map(Outcome::name)
                .toList());
        return use.whenWithheld() ? outcomes + "; beside a withheld category of any other" : outcomes;
    }

    private static void grounds(StringBuilder out) {
        out.append("\n## The grounds of Annex III, section D\n\n| ground | says | reasons |\n|---|---|---|\n");
        for (Ground ground : Ground.values()) {
            List<String> reasons = Stream.of(Reason.values())
                    .filter(reason -> reason.ground().filter(ground::equals).isPresent())
                    .map(Reason::code)
                    .toList();
            out.append("| ")
                    .append(code(ground.code()))
                    .append(" | ")
                    .append(ground.sentence())
                    .append(" | ")
                    .append(reasons.isEmpty() ? "none: people find it, no rule does" : list(reasons))
                    .append(" |\n");
        }
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String list(Collection<String> codes) {
        return codes.stream().map(ReasonsReference::code).collect(Collectors.joining(", "));
    }

    private static String code(String code) {
        return "`" + code + "`";
    }
}
