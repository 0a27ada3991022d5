package io.holdfast.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A time as people say it: with an offset, or of the clocks of a place. */
final class ZonedTime {

    private ZonedTime() {}

    /** @param text such as {@code 2026-12-01T08:00:00Z}, {@code 2026-12-01T09:00+01:00}, {@code 2026-12-01T09:00[Europe/Berlin]} */
    static Instant parse(String option, String text) {
        try {
            Instant instant = text.endsWith("]")
                    ? inZone(option, text)
                    : OffsetDateTime.parse(text).toInstant();
            return instant.truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " must be a time such as 2026-12-01T08:00:00Z or 2026-12-01T09:00[Europe/Berlin]");
        }
    }

    /** Where clocks are put forward an hour does not exist, and where they are put back it is there twice. */
    private static Instant inZone(String option, String text) {
        int bracket = Math.max(0, text.indexOf('['));
        LocalDateTime local = LocalDateTime.parse(text.substring(0, bracket));
        ZoneId zone = ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + ": the clocks there show this time " + (offsets.isEmpty() ? "never" : "twice")
                            + " on that day; say it with an offset, such as 2026-10-25T02:30+01:00");
        }
        return local.toInstant(offsets.get(0));
    }
}
