package io.holdfast.bag;

import io.holdfast.audit.UnreadableException;
import java.util.regex.Pattern;

/**
 * One file of a package.
 *
 * @param name where it lies, {@code /} between folders: below {@code data/}, or a letter, {@code letter.txt} or {@code
 *     letter-<language>.txt}. Never anything that a receiver's machine could take for a place outside the package
 * @param bytes its size, at most {@link #MOST_BYTES}
 */
public record PackageFile(String name, long bytes, Sha512 sha512) {

    /** 2 GiB: no ZIP reader needs Zip64 for one file. */
    public static final long MOST_BYTES = 1L << 31;

    public static final int LONGEST_NAME = 200;

    static final String DATA = "data/";

    private static final String SEGMENT = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("data(?:/" + SEGMENT + ")+|letter(?:-[a-z0-9]+)*\\.txt");

    public PackageFile {
        checkName(name);
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new UnreadableException("a file of a package has 0 to " + MOST_BYTES + " bytes, found " + bytes);
        }
    }

    /** Whether a file of a package may be called so. */
    static boolean isName(String name) {
        // The length first: the pattern is not for whatever a stranger sends.
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches() && !name.contains("..");
    }

    private static void checkName(String name) {
        if (!isName(name)) {
            throw new UnreadableException(
                    "a file of a package lies below data/ or is a letter-*.txt, its name a-z, 0-9, dots and"
                            + " dashes, at most " + LONGEST_NAME
                            + " characters, no folder or file beginning or ending with a dot or dash");
        }
    }

    /** Whether it is what was asked for, and no letter. */
    public boolean isData() {
        return name.startsWith(DATA);
    }
}
