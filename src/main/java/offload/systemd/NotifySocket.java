package offload.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import offload.libc.CFunction;

/** Sends one datagram to a UNIX socket through the C library: the JDK has no datagrams of that family. Linux. */
final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int LONGEST_PATH = 107;

    private static final CFunction SOCKET = CFunction.find("socket");
    private static final CFunction SENDTO = CFunction.find("sendto");
    private static final CFunction CLOSE = CFunction.find("close");

    private NotifySocket() {}

    /** {@code path} begins with a slash, or with {@code @} where the name is abstract. */
    static void send(String path, String message) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IllegalArgumentException("the path of the socket is too long");
        }
        try (Arena arena = Arena.ofConfined()) {
            int socket = (int) SOCKET.call(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (socket < 0) {
                throw new IllegalStateException("no socket");
            }
            try {
                sendTo(socket, address(arena, name), name.length + 2, message.getBytes(StandardCharsets.UTF_8), arena);
            } finally {
                boolean closed = CLOSE.succeeds(socket);
                assert closed;
            }
        }
    }

    private static void sendTo(int socket, MemorySegment address, int addressLength, byte[] message, Arena arena) {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
        long sent = SENDTO.call(socket, bytes.address(), message.length, 0, address.address(), addressLength);
        if (sent != message.length) {
            throw new IllegalStateException("the datagram was not taken");
        }
    }

    /** A {@code sockaddr_un}; an abstract name begins with a zero byte and has no end. */
    private static MemorySegment address(Arena arena, byte[] name) {
        MemorySegment address = arena.allocate(2 + LONGEST_PATH + 1, 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        for (int i = 0; i < name.length; i++) {
            address.set(ValueLayout.JAVA_BYTE, 2L + i, i == 0 && name[0] == '@' ? 0 : name[i]);
        }
        return address;
    }
}
