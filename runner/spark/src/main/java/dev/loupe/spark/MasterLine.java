package dev.loupe.spark;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection to a standalone master that is open as long as its process lives. Where a master is gone, Spark waits for ever: its
 * executors go on, but nobody starts others, and a master that takes its place knows nothing of the application.
 */
final class MasterLine implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5000;

    private final InetSocketAddress master;
    private final SocketChannel channel;
    private final long patienceMillis;
    private boolean gone;
    private long aloneSince = -1;

    /**
     * Connects.
     *
     * @param patienceMillis how long there may be neither the master nor an executor
     * @throws IOException where nobody answers
     */
    MasterLine(InetSocketAddress master, long patienceMillis) throws IOException {
        this.master = master;
        this.patienceMillis = patienceMillis;
        this.channel = SocketChannel.open();
        try {
            channel.socket().connect(master, CONNECT_MILLIS);
            channel.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    String host() {
        return master.getHostString();
    }

    int port() {
        return master.getPort();
    }

    private boolean gone() {
        if (!gone) {
            try {
                gone = channel.read(ByteBuffer.allocate(64)) < 0;
            } catch (IOException e) {
                gone = true;
            }
        }
        return gone;
    }

    /**
     * Called again and again while work is under way.
     *
     * @param noExecutor whether none is registered
     * @throws EnvironmentException where nobody is left who could do any
     */
    void check(boolean noExecutor, long millis) {
        if (!noExecutor || !gone()) {
            aloneSince = -1;
            return;
        }
        aloneSince = aloneSince < 0 ? millis : aloneSince;
        if (millis - aloneSince >= patienceMillis) {
            throw new EnvironmentException(
                    "The cluster ended the work: its master is gone and no executor is left. What was finished is "
                            + "kept, and the same command goes on from there");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It was closed by the other side.
        }
    }
}
