package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A master whose process ended is noticed, and counts once no executor is left for a while. */
class MasterLineTest {
    private static final long PATIENCE = 1_000;

    @Test
    void aMasterThatIsGoneEndsTheWorkOnceNoExecutorIsLeft() throws IOException {
        try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MasterLine line = new MasterLine((InetSocketAddress) master.getLocalSocketAddress(), PATIENCE)) {
            try (Socket answered = master.accept()) {
                assertThatCode(() -> line.check(true, 0)).doesNotThrowAnyException();
                assertThatCode(() -> line.check(true, 10 * PATIENCE)).doesNotThrowAnyException();
                answered.close();
            }
            // The end of a connection takes a moment to arrive.
            await().untilAsserted(() -> {
                line.check(false, 0);
                line.check(true, 0);
                assertThatThrownBy(() -> line.check(true, PATIENCE))
                        .isInstanceOf(EnvironmentException.class)
                        .hasMessageContaining("its master is gone and no executor is left");
            });
            line.check(false, 2 * PATIENCE);
            assertThatCode(() -> line.check(true, 2 * PATIENCE + 1)).doesNotThrowAnyException();
            assertThatCode(() -> line.check(true, 3 * PATIENCE)).doesNotThrowAnyException();
            assertThatThrownBy(() -> line.check(true, 3 * PATIENCE + 1)).isInstanceOf(EnvironmentException.class);
        }
    }

    @Test
    void nobodyAnswers() throws IOException {
        InetSocketAddress free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        assertThatThrownBy(() -> new MasterLine(free, PATIENCE)).isInstanceOf(IOException.class);
    }
}
