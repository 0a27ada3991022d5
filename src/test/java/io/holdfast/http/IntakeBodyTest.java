package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Action;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The body takes every word that the law knows, and its reference lists them all. */
class IntakeBodyTest {

    private static List<Term> known(Term... terms) {
        return Stream.of(terms).filter(Term::isKnown).toList();
    }

    private static int most(String field) throws NoSuchFieldException {
        return IntakeBody.class
                .getDeclaredField(field)
                .getAnnotation(Size.class)
                .max();
    }

    @Test
    void one_request_may_name_every_category_and_every_offence() throws NoSuchFieldException {
        assertEquals(known(DataCategory.values()).size(), most("categories"));
        assertEquals(known(Offence.values()).size(), most("offences"));
    }

    @Test
    void the_reference_lists_the_words_of_each_field() throws IOException {
        String reference = Files.readString(Path.of("docs/reference/http-api.md"));
        for (Term[] terms : List.<Term[]>of(
                Channel.values(),
                Action.values(),
                DataCategory.values(),
                Offence.values(),
                Emergency.values(),
                NonDisclosure.values())) {
            String words =
                    known(terms).stream().map(term -> "`" + term.code() + "`").collect(Collectors.joining(", "));
            assertTrue(reference.contains(words + " |"), words);
        }
    }
}
