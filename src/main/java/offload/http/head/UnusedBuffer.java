package offload.http.head;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The 8 KiB that the web server allocates with each plain connection to read into. They are never used where
 * {@link ClientBytes} reads, and are half of what a waiting reader would hold: so they are taken out, by the one way there is.
 * A release of the web server or of Java that does not let us keeps them. Any thread.
 */
final class UnusedBuffer {
    private static final @Nullable Field READ = field();
    private static final byte[] NONE = {};

    private UnusedBuffer() {}

    /** {@code socket} can be written and closed as before, and never be read. */
    static void drop(HelidonSocket socket) {
        if (READ == null || !(socket instanceof PlainSocket)) {
            return;
        }
        try {
            READ.set(socket, NONE);
        } catch (IllegalAccessException e) {
            // It is there, and costs memory alone.
        }
    }

    private static @Nullable Field field() {
        try {
            Field field = PlainSocket.class.getDeclaredField("readBuffer");
            return field.trySetAccessible() ? field : null;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }
}
