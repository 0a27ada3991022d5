package io.holdfast.proxies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the gateway's own proxy, which counts what it gets of an answer of {@link RowStore} while it comes. */
final class Rows implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern ROW = Pattern.compile("\\{\"row\":\"[^\"]*\"");

    private final Socket socket;
    private final StringBuilder text = new StringBuilder();
    private int rows = 0;
    private int counted = 0;
    private boolean isOver = false;

    private Rows(Socket socket) {
        this.socket = socket;
    }

    /** Sends the call; what comes is read by a thread of its own. */
    static Rows get(int port, String target, String grant) {
        try {
            Rows rows = new Rows(new Socket(InetAddress.getLoopbackAddress(), port));
            rows.socket
                    .getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\nHoldfast-Grant: "
                                    + grant + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread thread = new Thread(rows::read, "client");
            thread.setDaemon(true);
            thread.start();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] bytes = new byte[65_536];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                take(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // It was broken off: what came counts.
        }
        over();
    }

    private synchronized void take(String more) {
        text.append(more);
        Matcher found = ROW.matcher(text);
        while (found.find(counted)) {
            counted = found.end();
            rows++;
        }
        notifyAll();
    }

    private synchronized void over() {
        isOver = true;
        notifyAll();
    }

    private synchronized Rows awaitUntil(BooleanSupplier isSo) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!isSo.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("it did not come; so far:\n" + text);
                }
                wait(left);
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Rows awaitRows(int wanted) {
        return awaitUntil(() -> rows >= wanted || isOver);
    }

    Rows awaitOver() {
        return awaitUntil(() -> isOver);
    }

    Rows awaitWhole() {
        return awaitUntil(() -> isWhole() || isOver);
    }

    /** Rows that are there as a whole. */
    synchronized int rows() {
        return rows;
    }

    /** The end of an answer in chunks, which is the end of the JSON. */
    synchronized boolean isWhole() {
        return text.toString().endsWith("}\r\n0\r\n\r\n");
    }

    /** Whether anything of an answer of the store came. */
    synchronized boolean hasAnswer() {
        return text.indexOf("HTTP/1.1 200") == 0;
    }

    synchronized boolean isRefused() {
        return text.indexOf("HTTP/1.1 403") == 0;
    }

    synchronized String text() {
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it did not happen within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Up to the empty line. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (c == '\n' && text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        throw new IOException("the call broke off");
    }
}
