package io.holdfast.enforce;

import java.util.List;
import java.util.regex.Pattern;

/** Whether an answer says of itself that it is what {@link Minimiser} can judge: JSON in UTF-8, and in no other coding. */
final class AnswerForm {

    private static final Pattern JSON =
            Pattern.compile("application/json([ \\t]*;[ \\t]*charset=(utf-8|\"utf-8\"))?", Pattern.CASE_INSENSITIVE);

    private AnswerForm() {}

    /**
     * @param types of {@code Content-Type}, as often as it is there
     * @param codings of {@code Content-Encoding}
     */
    static boolean canBeJudged(List<String> types, List<String> codings) {
        return types.size() == 1
                && JSON.matcher(types.get(0)).matches()
                && codings.stream().allMatch(coding -> coding.equalsIgnoreCase("identity"));
    }
}
