package io.holdfast.bag;

/** Parts of a package that do not belong together, or a key that it cannot be made for. The message is safe to show. */
public final class PackageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PackageException(String message) {
        super(message);
    }

    PackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
