package io.holdfast.proxies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A user-data store that gives to whoever asks, and keeps every call as it came: as bytes, before anybody reads them for it. */
final class CountingStore implements AutoCloseable {

    /** What it answers everything with. */
    static final String DATA = "data-of-an-account";

    private static final int BODY_PATIENCE_MS = 20;
    private static final int HEAD_PATIENCE_MS = 10_000;

    /**
     * @param line the first line, such as {@code GET /path HTTP/1.1}
     * @param headers names in lower case, and values
     * @param body how many bytes came after the head
     */
    record Call(String line, List<String> headers, int body) {

        boolean has(String header) {
            return headers.stream().anyMatch(one -> one.startsWith(header + ":"));
        }

        String target() {
            return line.split(" ")[1];
        }
    }

    private final ServerSocket listening;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    CountingStore() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    int served() {
        return calls.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                threads.submit(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(HEAD_PATIENCE_MS);
            String head = head(socket.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] lines = head.split("\r\n");
            List<String> headers = Arrays.stream(lines)
                    .skip(1)
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .toList();
            socket.setSoTimeout(BODY_PATIENCE_MS);
            calls.add(new Call(lines[0], headers, rest(socket.getInputStream())));
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                                    + DATA.length() + "\r\n\r\n" + DATA)
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Whoever asked has gone; the call is counted.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (c == '\n' && text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int rest(InputStream in) throws IOException {
        int bytes = 0;
        try {
            while (in.read() >= 0) {
                bytes++;
            }
        } catch (java.net.SocketTimeoutException e) {
            // No more comes.
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
