package io.holdfast.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

/** An instant that an instrument could carry. */
@Target({ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WholeSeconds.Validator.class)
@interface WholeSeconds {

    String message() default "must be whole seconds between 1990 and 2100";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The bounds keep arithmetic on dates in bounds, too. */
    final class Validator implements ConstraintValidator<WholeSeconds, Instant> {
        private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

        @Override
        public boolean isValid(Instant at, ConstraintValidatorContext context) {
            return at == null || isInRange(at);
        }

        static boolean isInRange(Instant at) {
            return at.getNano() == 0 && !at.isBefore(FIRST) && at.isBefore(LAST);
        }
    }
}
