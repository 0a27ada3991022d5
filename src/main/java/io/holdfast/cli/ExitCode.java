package io.holdfast.cli;

/** What a command's exit code means. Scripts rely on these; they are never reused for anything else. */
public final class ExitCode {

    /** Done, or the check passed. */
    public static final int OK = 0;
    /** The check failed: do not rely on this data. Nothing else ends with 1. */
    public static final int CHECK_FAILED = 1;
    /** Wrong command line. */
    public static final int USAGE = 2;
    /** Could not reach or read. */
    public static final int UNREACHABLE = 3;
    /** Not allowed. */
    public static final int NOT_ALLOWED = 4;
    /** Accepted, waiting for a second person. */
    public static final int WAITING = 5;
    /** Conflict. */
    public static final int CONFLICT = 6;

    private ExitCode() {}
}
