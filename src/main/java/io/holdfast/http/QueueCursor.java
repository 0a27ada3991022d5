package io.holdfast.http;

import io.holdfast.gate.ReviewPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the queue, as those who turn its pages carry it: base64url of its instants in seconds and its index. Nobody else
 * has to understand it, and it is a secret to nobody.
 */
final class QueueCursor {

    private static final Pattern FORM = Pattern.compile("(-|-?[0-9]{1,11})_(-?[0-9]{1,11})_([0-9]{1,18})");

    private QueueCursor() {}

    static String write(ReviewPlace place) {
        String text = place.due().map(due -> "" + due.getEpochSecond()).orElse("-") + "_"
                + place.since().getEpochSecond() + "_" + place.first();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return nothing if it is none that {@link #write} gives */
    static Optional<ReviewPlace> read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            ReviewPlace place = new ReviewPlace(
                    parts.group(1).equals("-") ? Optional.empty() : Optional.of(instant(parts.group(1))),
                    instant(parts.group(2)),
                    Long.parseLong(parts.group(3)));
            return write(place).equals(cursor) ? Optional.of(place) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no base64url
        }
    }

    private static Instant instant(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
