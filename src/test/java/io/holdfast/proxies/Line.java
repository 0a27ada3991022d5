package io.holdfast.proxies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What lies between a proxy and the gateway: it carries bytes, or carries answers late, or answers itself. */
final class Line implements AutoCloseable {

    private final ServerSocket listening;
    private final int gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile long delay;
    private volatile Optional<String> answer = Optional.empty();

    Line(int gateway) {
        this.gateway = gateway;
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

    void carry() {
        delay = 0;
        answer = Optional.empty();
    }

    /** Answers of the gateway arrive this much later. */
    void carryLate(long millis) {
        delay = millis;
        answer = Optional.empty();
    }

    /** Answers with these bytes, and closes. */
    void answer(String bytes) {
        answer = Optional.of(bytes);
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

    private void serve(Socket proxy) {
        try (proxy;
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), gateway)) {
            threads.submit(() -> carryBack(behind, proxy));
            byte[] bytes = new byte[65_536];
            InputStream in = proxy.getInputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                Optional<String> own = answer;
                if (own.isPresent()) {
                    proxy.getOutputStream().write(own.get().getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                behind.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            // Closed, which is what the other side sees.
        }
    }

    private void carryBack(Socket behind, Socket proxy) {
        byte[] bytes = new byte[65_536];
        try {
            InputStream in = behind.getInputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                Thread.sleep(delay);
                proxy.getOutputStream().write(bytes, 0, read);
            }
            proxy.shutdownOutput();
        } catch (IOException e) {
            // Closed on one side.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
