package io.holdfast.proxies;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/** Whoever calls a proxy: with bytes, since no library would send some of them. */
record Client(int port, SocketFactory sockets) {

    Client(int port) {
        this(port, SocketFactory.getDefault());
    }

    private static final int PATIENCE_MS = 12_000;
    private static final Pattern HEAD = Pattern.compile(
            "^content-length: *(\\d{1,6})\r\n(?:[^\r\n]+\r\n)*\r\n", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** @param status of the answer; 0 if there was none */
    record Answer(int status, String text) {

        boolean hasData() {
            return text.contains(CountingStore.DATA);
        }
    }

    /** @param headers each with its line end */
    Answer get(String target, String headers) {
        return send("GET " + target + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\n" + headers + "\r\n");
    }

    Answer send(String bytes) {
        return send(bytes, PATIENCE_MS);
    }

    Answer send(String bytes, int patienceMs) {
        StringBuilder text = new StringBuilder();
        try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(patienceMs);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            byte[] read = new byte[65_536];
            for (int n = socket.getInputStream().read(read);
                    n >= 0;
                    n = socket.getInputStream().read(read)) {
                text.append(new String(read, 0, n, StandardCharsets.ISO_8859_1));
                if (isWhole(text)) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            // What came until now counts.
        } catch (IOException e) {
            // Closed on us.
        }
        String[] parts = text.toString().startsWith("HTTP/1") ? text.toString().split(" ") : new String[0];
        return new Answer(parts.length < 2 ? 0 : Integer.parseInt(parts[1].split("\r", 2)[0]), text.toString());
    }

    /** Some proxies keep what they close open for a while. */
    private static boolean isWhole(CharSequence text) {
        Matcher head = HEAD.matcher(text);
        return head.find() && text.length() >= head.end() + Integer.parseInt(head.group(1));
    }
}
