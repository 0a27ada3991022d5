package io.holdfast.http;

import io.holdfast.legal.Request;
import io.netty.util.NetUtil;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.regex.Pattern;

/** A target whose value has the syntax of its kind. */
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidTarget.Validator.class)
@interface ValidTarget {

    String message() default "must have the syntax of its kind";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** One syntax for each kind; the parameter dictionary of ETSI TS 103 280 is the model for numbers and addresses. */
    final class Validator implements ConstraintValidator<ValidTarget, IntakeBody.TargetBody> {

        private static final Map<Request.Target.Kind, Pattern> SYNTAX = Map.of(
                Request.Target.Kind.EMAIL,
                        Pattern.compile("[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}"),
                Request.Target.Kind.PHONE, Pattern.compile("\\+[1-9][0-9]{6,14}"),
                Request.Target.Kind.USER_ID, Pattern.compile("[A-Za-z0-9_-]{1,64}"),
                Request.Target.Kind.HANDLE, Pattern.compile("@[A-Za-z0-9_.]{1,64}"),
                Request.Target.Kind.IP_ADDRESS,
                        Pattern.compile("((0|[1-9][0-9]{0,2})(\\.|$)){4}|[0-9a-f]{0,4}:[0-9a-f:.]{1,44}"));

        @Override
        public boolean isValid(IntakeBody.TargetBody target, ConstraintValidatorContext context) {
            if (target == null || target.kind() == null || target.value() == null) {
                return true; // said by others
            }
            if (isValid(target.kind(), target.value())) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            "must have the syntax of " + target.kind().code())
                    .addPropertyNode("value")
                    .addConstraintViolation();
            return false;
        }

        private static boolean isValid(Request.Target.Kind kind, String value) {
            return value.length()
                            <= IntakeBody.LONGEST_TARGET // first, since a matcher of long values runs out of stack
                    && SYNTAX.get(kind).matcher(value).matches()
                    && (kind != Request.Target.Kind.IP_ADDRESS
                            || NetUtil.isValidIpV4Address(value)
                            || NetUtil.isValidIpV6Address(value));
        }
    }
}
