package io.holdfast.cli;

import io.holdfast.bag.BagReader;
import io.holdfast.bag.Decryption;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.PackageException;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.bag.RecipientKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "open",
        description = {
            "Opens an encrypted package with your private key, and unpacks it into a folder. Asks nobody.",
            "Whatever is wrong, there is no folder then. Afterwards check it: `holdfast package check`.",
            "Exits with 1 if it was changed on its way, is not whole, or is for another key."
        })
final class PackageOpenCommand implements Callable<Integer> {

    private static final int MOST_KEY_BYTES = 64 * 1024;
    private static final int MOST_PASSPHRASE_BYTES = 1024;

    @Parameters(index = "0", paramLabel = "FILE", description = "The package as it was downloaded.")
    private String file;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "Your private key, in PEM.")
    private String key;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            required = true,
            description = "Your certificate that the package is encrypted for, in PEM. It may have expired since.")
    private String certificate;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file with the passphrase of the private key, if it has one; '-' reads standard input.")
    private String passphraseFile;

    @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "A folder that is not there yet.")
    private Path to;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        RecipientCertificate whose = RecipientCertificate.parse(text(certificate, RecipientCertificate.MOST_CHARS));
        RecipientKey secret = RecipientKey.parse(text(key, MOST_KEY_BYTES), passphrase());
        try (NewFolder folder = NewFolder.reserve(to)) {
            Manifest manifest = open(whose, secret, folder);
            folder.keep();
            output.print(
                    new Table()
                            .row("opened", to)
                            .row("request", manifest.request())
                            .row("files", manifest.files().size())
                            .row("receipt", manifest.receipt())
                            .lines(),
                    Json.object()
                            .put("folder", to.toString())
                            .put("request", manifest.request())
                            .put("files", manifest.files().size())
                            .put("receipt", manifest.receipt().hex()));
            return ExitCode.OK;
        } catch (PackageException e) {
            throw new CommandFailure(ExitCode.CHECK_FAILED, file + ": " + e.getMessage() + "; nothing was kept of it");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file + " into " + to, e);
        }
    }

    /** All of it is decrypted before any of it is unpacked: until its end nothing vouches for a byte of it. */
    private Manifest open(RecipientCertificate whose, RecipientKey secret, NewFolder folder) throws IOException {
        Path zip = folder.scratch("package.zip");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(LocalFile.path(file)));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
            Decryption.decrypt(in, whose, secret, out);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(zip))) {
            return BagReader.read(in, folder::create);
        }
    }

    private Optional<char[]> passphrase() {
        return Optional.ofNullable(passphraseFile)
                .map(name -> text(name, MOST_PASSPHRASE_BYTES)
                        .replaceFirst("\r?\n\\z", "")
                        .toCharArray());
    }

    private static String text(String name, int most) {
        return new String(LocalFile.read(name, most), StandardCharsets.UTF_8);
    }
}
