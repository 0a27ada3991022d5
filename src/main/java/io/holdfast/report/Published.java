package io.holdfast.report;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a company has published about requests of one issuer in one period, to be printed beside a report of one's own.
 *
 * @param issuer the code of the jurisdiction
 * @param to the last day of the period
 * @param accounts nothing where the source names no number
 * @param answered how many requests some data was disclosed for
 * @param source where the numbers were read
 */
public record Published(
        String company,
        String issuer,
        LocalDate from,
        LocalDate to,
        int requests,
        OptionalInt accounts,
        int answered,
        String source) {

    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 7, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2020, 12, 31);

    /** Hong Kong in the first half-year of its national security law, when both companies said that they had paused. */
    public static final List<Published> HONG_KONG_2020_H2 = List.of(
            new Published(
                    "Google",
                    "HK",
                    FIRST_DAY,
                    LAST_DAY,
                    43,
                    OptionalInt.empty(),
                    3,
                    "Google, Transparency Report, July to December 2020; the three (one threat to life, two human-trafficking"
                            + " warrants, no content) as told to Hong Kong Free Press, September 2021"),
            new Published(
                    "Facebook",
                    "HK",
                    FIRST_DAY,
                    LAST_DAY,
                    202,
                    OptionalInt.of(223),
                    0,
                    "Facebook, Transparency Report, July to December 2020; Hong Kong Free Press, 8 June 2021"));

    /** {@code Google, 2020-07-01 to 2020-12-31, HK: 43 requests, 3 answered with some data} and the source. */
    public String line() {
        String named = accounts.isPresent() ? " for " + accounts.getAsInt() + " accounts" : "";
        return company + ", " + from + " to " + to + ", " + issuer + ": " + requests + " requests" + named + ", "
                + answered + " answered with some data (" + source + ")";
    }
}
