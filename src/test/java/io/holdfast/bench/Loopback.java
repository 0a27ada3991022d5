package io.holdfast.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Bytes to another thread and back over the loopback address: less than this no answer takes. */
final class Loopback {

    private static final int TURNS = 20_000;

    private Loopback() {}

    /** Of so many bytes, there and back, by one caller. */
    static Latencies measure(int bytes) throws IOException {
        Latencies latencies = new Latencies();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
            Thread echo = new Thread(() -> echo(listening, bytes), "echo");
            echo.setDaemon(true);
            echo.start();
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[bytes];
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 2 * TURNS; i++) {
                long start = System.nanoTime();
                socket.getOutputStream().write(buffer);
                in.readFully(buffer);
                if (i >= TURNS) { // the first half is warming up
                    latencies.add(System.nanoTime() - start);
                }
            }
        }
        return latencies;
    }

    private static void echo(ServerSocket listening, int bytes) {
        byte[] buffer = new byte[bytes];
        try (Socket socket = listening.accept()) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                in.readFully(buffer);
                socket.getOutputStream().write(buffer);
            }
        } catch (IOException e) {
            // The other side has seen enough.
        }
    }
}
