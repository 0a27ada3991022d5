package io.holdfast.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Copies a file of a package and looks whether it is what the manifest says; never one buffer more than that. */
final class CheckedCopy {

    private CheckedCopy() {}

    /** @throws PackageException if it is of another size, or has another digest */
    static void copy(PackageFile file, InputStream in, OutputStream out, byte[] buffer) throws IOException {
        MessageDigest digest = Sha512.digest();
        long left = file.bytes();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new PackageException(file.name() + " is larger than the manifest says");
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        if (left > 0) {
            throw new PackageException(file.name() + " is smaller than the manifest says");
        }
        if (!Sha512.finish(digest).equals(file.sha512())) {
            throw new PackageException(file.name() + " has another SHA-512 than the manifest says");
        }
    }
}
