package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(new Provider().getVersion()[0]);
    }

    /** The version that the build wrote down. */
    static final class Provider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"holdfast " + version()};
        }

        private static String version() {
            Properties build = new Properties();
            try (InputStream in = VersionCommand.class.getResourceAsStream("/holdfast-build.properties")) {
                build.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own files cannot be read", e);
            }
            return build.getProperty("version");
        }
    }
}
