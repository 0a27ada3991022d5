package io.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Callers over HTTP, one keep-alive connection each, all on the thread that calls {@link #run}: whole requests are written
 * from memory, and of an answer no more is looked at than its status and its end. What that costs is measured.
 */
final class HttpCallers implements Load {

    private static final int LARGEST_ANSWER = 1 << 16;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<byte[]> requests;
    private final String status;
    private final Selector selector;
    private final List<Caller> callers = new ArrayList<>();
    private Latencies latencies = new Latencies();
    private long end;
    private int waiting;

    /**
     * @param requests whole requests, head and body, sent in turn
     * @param status what every answer must have, such as {@code 201}
     */
    HttpCallers(URI url, List<byte[]> requests, int status, int callers) {
        this.requests = requests;
        this.status = "HTTP/1.1 " + status;
        try {
            this.selector = Selector.open();
            for (int i = 0; i < callers; i++) {
                this.callers.add(new Caller(url, i * 7));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] request(String line, String headers, byte[] body) {
        byte[] head = (line + " HTTP/1.1\r\nHost: bench\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    @Override
    public Run run(Duration duration) {
        latencies = new Latencies();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        end = start + duration.toNanos();
        try {
            for (Caller caller : callers) {
                caller.send();
            }
            while (waiting > 0) {
                if (selector.select(HttpCallers::ready, 30_000) == 0) {
                    throw new IllegalStateException("no answer for 30 seconds");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Run(latencies, seconds, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9);
    }

    private static void ready(SelectionKey key) {
        try {
            ((Caller) key.attachment()).ready(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Caller {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private int next;
        private long sent;
        private int length = -1;

        Caller(URI url, int first) throws IOException {
            this.next = first;
            this.channel = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            rest = ByteBuffer.wrap(requests.get(next++ % requests.size()));
            answer.clear();
            length = -1;
            waiting++;
            sent = System.nanoTime();
            write();
        }

        private void write() throws IOException {
            channel.write(rest);
            key.interestOps(rest.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        void ready(SelectionKey ready) throws IOException {
            if (ready.isWritable()) {
                write();
                return;
            }
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed a connection that it was to keep");
            }
            if (length < 0) {
                length = lengthOfAnswer();
            }
            if (length < 0 || answer.position() < length) {
                if (!answer.hasRemaining()) {
                    throw new IOException("an answer is larger than " + LARGEST_ANSWER + " bytes");
                }
                return;
            }
            latencies.add(System.nanoTime() - sent);
            waiting--;
            if (System.nanoTime() < end) {
                send();
            }
        }

        /** Head and body together, once the head is there; otherwise -1. */
        private int lengthOfAnswer() throws IOException {
            int head = headLength();
            if (head < 0) {
                return -1;
            }
            byte[] bytes = new byte[head];
            answer.get(0, bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!text.startsWith(status)) {
                throw new IOException("expected " + status + ", found "
                        + text.lines().findFirst().orElse(""));
            }
            return head + contentLength(text.toLowerCase(Locale.ROOT));
        }

        private int headLength() {
            for (int i = 3; i < answer.position(); i++) {
                if (answer.get(i) == '\n' && answer.get(i - 1) == '\r' && answer.get(i - 2) == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int contentLength(String head) throws IOException {
            String name = "\r\ncontent-length:";
            int at = head.indexOf(name);
            if (at < 0) {
                throw new IOException("an answer does not say how long it is");
            }
            int from = at + name.length();
            return Integer.parseInt(
                    head.substring(from, head.indexOf('\r', from)).strip());
        }
    }

    @Override
    public void close() {
        try {
            for (Caller caller : callers) {
                caller.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
