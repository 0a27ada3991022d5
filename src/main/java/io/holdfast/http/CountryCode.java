package io.holdfast.http;

import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A country code of the right form. Whether there is such a place is for the vocabulary. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CountryCode.Validator.class)
@interface CountryCode {

    String message() default "must be an ISO 3166-1 alpha-2 code in ASCII capitals, or UNKNOWN";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Letters that only look like A to Z are told by their code points. */
    final class Validator implements ConstraintValidator<CountryCode, String> {
        @Override
        public boolean isValid(String code, ConstraintValidatorContext context) {
            return code == null || code.equals(Term.UNKNOWN_CODE) || Jurisdiction.isCode(code);
        }
    }
}
