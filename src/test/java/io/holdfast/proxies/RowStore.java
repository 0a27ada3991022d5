package io.holdfast.proxies;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A user-data store that gives an answer row by row, each when it is told to, and counts what it sent. */
final class RowStore implements AutoCloseable {

    /** What it gives beside what may leave. */
    static final String WITHHELD = "not-granted";

    /** An answer, and what became of it. */
    static final class Answer {

        private final int rows;
        private final boolean breaksOff;
        private final Semaphore due = new Semaphore(0);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger sent = new AtomicInteger();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);

        private Answer(int rows, boolean breaksOff) {
            this.rows = rows;
            this.breaksOff = breaksOff;
        }

        /** So many rows more may be sent; the end is one row more. */
        void give(int more) {
            due.release(more);
        }

        void giveAll() {
            give(rows + 1);
        }

        int rows() {
            return rows;
        }

        int calls() {
            return calls.get();
        }

        /** Rows, those included that are being sent. */
        int sent() {
            return sent.get();
        }

        void awaitAsked() {
            Rows.await(asked);
        }

        /** Until whoever asked has closed the connection: it has read all, or wants no more. */
        void awaitLeft() {
            Rows.await(left);
        }
    }

    private final ServerSocket listening;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RowStore() {
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

    /** @param breaksOff instead of an end, the connection is closed */
    Answer answer(String target, int rows, boolean breaksOff) {
        Answer answer = new Answer(rows, breaksOff);
        answers.put(target, answer);
        return answer;
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
            socket.setTcpNoDelay(true);
            String head = Rows.head(socket.getInputStream());
            Answer answer = answers.get(URI.create(head.split(" ")[1]).toString());
            answer.calls.incrementAndGet();
            answer.asked.countDown();
            threads.submit(() -> awaitEnd(socket, answer.left));
            send(answer, socket.getOutputStream());
            answer.left.await();
        } catch (IOException e) {
            // Whoever asked has gone; what was sent is counted.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Socket socket, CountDownLatch left) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing should come.
            }
        } catch (IOException e) {
            // Closed in another way, and closed all the same.
        } finally {
            left.countDown();
        }
    }

    private static void send(Answer answer, OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        chunk(out, "{\"rows\":[");
        for (int i = 0; i < answer.rows; i++) {
            answer.due.acquire();
            answer.sent.incrementAndGet();
            chunk(out, (i == 0 ? "" : ",") + row(i));
        }
        answer.due.acquire();
        if (!answer.breaksOff) {
            chunk(out, "]}");
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String row(int number) {
        return "{\"row\":\"" + number + "-" + "x".repeat(number * 37 % 400) + "\",\"seen\":\"" + WITHHELD + "\"}";
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
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
