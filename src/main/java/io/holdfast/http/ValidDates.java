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

/** Dates that fit together. */
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidDates.Validator.class)
@interface ValidDates {

    String message() default "must be dates that fit together";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Rules across fields: an instrument expires after it was issued, a period ends after it starts. */
    final class Validator implements ConstraintValidator<ValidDates, IntakeBody> {

        @Override
        public boolean isValid(IntakeBody body, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            boolean valid = true;
            if (body.instrument() != null
                    && !isBefore(body.instrument().issuedAt(), body.instrument().expiresAt())) {
                say(context, "instrument", "expiresAt", "must be after issuedAt");
                valid = false;
            }
            if (body.period() != null
                    && !isBefore(body.period().from(), body.period().to())) {
                say(context, "period", "to", "must be after from");
                valid = false;
            }
            return valid;
        }

        /** Missing dates are said by others. */
        private static boolean isBefore(Instant first, Instant second) {
            return first == null || second == null || first.isBefore(second);
        }

        private static void say(ConstraintValidatorContext context, String field, String part, String rule) {
            context.buildConstraintViolationWithTemplate(rule)
                    .addPropertyNode(field)
                    .addPropertyNode(part)
                    .addConstraintViolation();
        }
    }
}
