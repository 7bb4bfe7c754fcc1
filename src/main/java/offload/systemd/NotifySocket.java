package offload.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Sends one datagram to a UNIX socket through the C library: the JDK has no datagrams of that family. Linux. */
final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int LONGEST_PATH = 107;

    private static final MethodHandle SOCKET = find(
            "socket",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO = find(
            "sendto",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            find("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private NotifySocket() {}

    @SuppressWarnings("restricted") // config/jvm.options enables native access.
    private static MethodHandle find(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), descriptor);
    }

    /** {@code path} begins with a slash, or with {@code @} where the name is abstract. */
    static void send(String path, String message) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IllegalArgumentException("the path of the socket is too long");
        }
        try (Arena arena = Arena.ofConfined()) {
            int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (socket < 0) {
                throw new IllegalStateException("no socket");
            }
            try {
                sendTo(socket, address(arena, name), name.length + 2, message.getBytes(StandardCharsets.UTF_8), arena);
            } finally {
                int closed = (int) CLOSE.invokeExact(socket);
                assert closed == 0;
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendTo(int socket, MemorySegment address, int addressLength, byte[] message, Arena arena)
            throws Throwable {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
        long sent = (long) SENDTO.invokeExact(socket, bytes, (long) message.length, 0, address, addressLength);
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
