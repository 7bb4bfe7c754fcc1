package offload.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of the talk that a service manager holds: a bound UNIX datagram socket. One thread. */
final class DatagramSocketFile implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int DONT_WAIT = 0x40;
    private static final int LONGEST = 4096;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(LONGEST);
    private final int socket;

    DatagramSocketFile(Path path) throws Throwable {
        this(path + "\0");
    }

    /** Of an abstract name, which is no file, {@code name} begins with a zero byte; a path ends with one. */
    DatagramSocketFile(String name) throws Throwable {
        socket = (int) find("socket", FunctionDescriptor.of(INT, INT, INT, INT)).invokeExact(1, 2, 0);
        MemorySegment address = arena.allocate(110, 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
        int length = 2 + bytes.length;
        MethodHandle bind = find("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
        int bound = (int) bind.invokeExact(socket, address, length);
        if (bound != 0) {
            throw new IllegalStateException("not bound: " + name);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle find(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), descriptor);
    }

    /** What came next, or empty where nothing has come. */
    String poll() {
        try {
            MethodHandle receive = find(
                    "recv",
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, INT));
            long count = (long) receive.invokeExact(socket, buffer, (long) LONGEST, DONT_WAIT);
            byte[] bytes = buffer.asSlice(0, Math.max(0, count)).toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            int closed = (int) find("close", FunctionDescriptor.of(INT, INT)).invokeExact(socket);
            if (closed != 0) {
                throw new IllegalStateException("not closed");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        arena.close();
    }
}
