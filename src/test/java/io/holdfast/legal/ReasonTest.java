package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTest {

    /** Characters of the simplified script alone: those that these sentences would have in it, and common ones. */
    private static final String SIMPLIFIED = "专业东两严个为举义书产亲仅们价众优会传伤关内决况凭则办务动劳势区华协单卖却厂厅历压发员围国处学实审对届属并应开当录径户执据无时暂机权条来构检"
            + "槛满现盖确签类紧约级纪纳经绝统缓范获见规视订认议记讼证诉该语说请资车载辖边达过还这进远连适选采长门问间闻阅队阳阶险随难项须马";

    @Test
    void every_reason_has_one_sentence_in_each_language_and_no_two_share_one() {
        Set<String> sentences = new HashSet<>();
        for (Reason reason : Reason.values()) {
            assertTrue(reason.sentence().matches("[A-Z][ -~]+\\."), reason.code());
            assertTrue(sentences.add(reason.sentence()), reason.code());
            assertTrue(sentences.add(reason.chinese()), reason.code());
        }
    }

    @Test
    void the_chinese_sentences_are_whole_and_in_the_traditional_script() {
        for (Reason reason : Reason.values()) {
            String chinese = reason.chinese();
            assertTrue(chinese.endsWith("。"), reason.code());
            assertEquals(chinese.length() - 1, chinese.indexOf('。'), reason.code() + " is one sentence");
            assertTrue(
                    chinese.codePoints()
                            .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN
                                    || "，；。".indexOf(c) >= 0),
                    reason.code());
            assertEquals(
                    Optional.empty(),
                    chinese.codePoints()
                            .filter(c -> SIMPLIFIED.indexOf(c) >= 0)
                            .mapToObj(Character::toString)
                            .findFirst(),
                    reason.code());
        }
    }

    @Test
    void what_refuses_or_returns_has_a_ground_of_the_form_and_nothing_else_has() {
        Set<Reason> noRefusal = Stream.of(Reason.values())
                .filter(reason -> reason.ground().isEmpty())
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        Reason.HELD_PENDING_REVIEW,
                        Reason.EXCEPTION_APPLIES,
                        Reason.APPROVALS_OUTSTANDING,
                        Reason.PERMITTED),
                noRefusal);
    }

    @Test
    void the_same_name_means_the_same_in_the_form() {
        for (Ground ground : Ground.values()) {
            Stream.of(Reason.values())
                    .filter(reason -> reason.code().equals(ground.code()))
                    .forEach(reason -> assertEquals(Optional.of(ground), reason.ground()));
            assertFalse(ground.sentence().isBlank());
        }
    }
}
