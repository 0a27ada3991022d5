package io.holdfast.gate;

import io.holdfast.audit.PackageEvent;
import java.time.Duration;

/**
 * On what terms packages are handed over.
 *
 * @param window for how long one can be collected, from 1 minute to {@link PackageEvent.Made#LONGEST}
 * @param downloads how often, from 1 to {@link PackageEvent.Made#MOST_DOWNLOADS}
 */
public record PackageTerms(Duration window, int downloads) {

    public static final PackageTerms USUAL = new PackageTerms(Duration.ofDays(7), 3);

    public PackageTerms {
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(PackageEvent.Made.LONGEST) > 0) {
            throw new IllegalArgumentException("a package can be collected for 1 minute to "
                    + PackageEvent.Made.LONGEST.toDays() + " days, found " + window);
        }
        if (downloads < 1 || downloads > PackageEvent.Made.MOST_DOWNLOADS) {
            throw new IllegalArgumentException("a package can be collected 1 to " + PackageEvent.Made.MOST_DOWNLOADS
                    + " times, found " + downloads);
        }
    }
}
