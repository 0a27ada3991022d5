package io.holdfast.enforce;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long whoever asks over gRPC will wait, as its header says: {@code 200m} is 200 milliseconds. */
final class GrpcTimeout {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

    private GrpcTimeout() {}

    /** Nothing if it does not say, or not in that form. */
    static Optional<Duration> parse(String header) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        return form.matches() ? Optional.of(duration(Long.parseLong(form.group(1)), form.group(2))) : Optional.empty();
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "H" -> Duration.ofHours(amount);
            case "M" -> Duration.ofMinutes(amount);
            case "S" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMillis(amount);
            case "u" -> Duration.ofNanos(amount * 1_000);
            default -> Duration.ofNanos(amount);
        };
    }
}
