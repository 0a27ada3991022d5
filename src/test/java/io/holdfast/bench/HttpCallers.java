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
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Callers over HTTP, one keep-alive connection each, all on the thread that calls {@link #run}: whole requests are written
 * from memory, and of an answer no more is looked at than its status and its end. What that costs is measured.
 */
final class HttpCallers implements Load {

    private static final int LARGEST_ANSWER = 1 << 17;
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNKED = Integer.MAX_VALUE;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Iterator<byte[]> requests;
    private final String status;
    private final Selector selector;
    private final List<Caller> callers = new ArrayList<>();
    private Latencies latencies = new Latencies();
    private long end;
    private int waiting;

    /**
     * @param requests whole requests, head and body, sent in turn, again and again
     * @param status what every answer must have, such as {@code 201}
     */
    HttpCallers(URI url, List<byte[]> requests, int status, int callers) {
        this(
                url,
                Stream.iterate(0, i -> (i + 1) % requests.size())
                        .map(requests::get)
                        .iterator(),
                status,
                callers);
    }

    /** @param requests each is sent once; a run ends where they do */
    HttpCallers(URI url, Iterator<byte[]> requests, int status, int callers) {
        this.requests = requests;
        this.status = "HTTP/1.1 " + status;
        try {
            this.selector = Selector.open();
            for (int i = 0; i < callers; i++) {
                this.callers.add(new Caller(url));
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
                if (requests.hasNext()) {
                    caller.send();
                }
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
        private final URI url;
        private SocketChannel channel;
        private SelectionKey key;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private long sent;
        private int length = -1;
        private boolean isClosing = false;

        Caller(URI url) throws IOException {
            this.url = url;
            open();
        }

        private void open() throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
            isClosing = false;
        }

        void send() throws IOException {
            rest = ByteBuffer.wrap(requests.next());
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
            if (length < 0 || (length == CHUNKED ? !isLastChunkThere() : answer.position() < length)) {
                if (!answer.hasRemaining()) {
                    throw new IOException("an answer is larger than " + LARGEST_ANSWER + " bytes");
                }
                return;
            }
            latencies.add(System.nanoTime() - sent);
            waiting--;
            if (isClosing) { // nginx does, after a thousand
                channel.close();
                open();
            }
            if (System.nanoTime() < end && requests.hasNext()) {
                send();
            }
        }

        private boolean isLastChunkThere() {
            int from = answer.position() - LAST_CHUNK.length;
            for (int i = 0; i < LAST_CHUNK.length; i++) {
                if (answer.get(from + i) != LAST_CHUNK[i]) {
                    return false;
                }
            }
            return true;
        }

        /** Head and body together, once the head is there; {@code CHUNKED} if the body says where it ends; otherwise -1. */
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
            String lower = text.toLowerCase(Locale.ROOT);
            isClosing = lower.contains("\r\nconnection: close\r\n");
            return lower.contains("\r\ntransfer-encoding: chunked\r\n") ? CHUNKED : head + contentLength(lower);
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
