package io.holdfast.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text that shows what it says. */
@Target({ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Validator.class)
@interface PlainText {

    String message() default
            "must not hold control characters other than line breaks, nor characters that reorder text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Bidirectional overrides can make a text show something that it does not say. */
    final class Validator implements ConstraintValidator<PlainText, String> {
        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            return text == null || isPlain(text);
        }

        static boolean isPlain(String text) {
            return text.codePoints().allMatch(Validator::isPlain);
        }

        private static boolean isPlain(int c) {
            boolean reorders = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
            boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            return !reorders && !surrogate && (c == 0x0a || !Character.isISOControl(c));
        }
    }
}
