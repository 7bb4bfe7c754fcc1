package offload.files.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * System calls of Linux that the JDK has not, through the C library: {@code syncfs(2)}, {@code renameat2(2)}, {@code
 * fcntl(2)}, {@code statx(2)}, {@code ioctl(2)}. None of them throws: what could not be done is told as false, and the
 * caller then does it as POSIX can. A call holds its carrier, so that long ones are for platform threads.
 */
final class LinuxCalls {
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AT_FDCWD = -100;
    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_WRLCK = 1;
    /** {@code FS_IOC_GETFLAGS} and {@code FS_IOC_SETFLAGS}, as most architectures number them; to others they say nothing. */
    private static final long GET_FLAGS = 0x8008_6601L;

    private static final long SET_FLAGS = 0x4008_6602L;
    /** {@code FS_TOPDIR_FL}. */
    private static final int TOP_FOLDER = 0x0002_0000;

    private static final int AT_EMPTY_PATH = 0x1000;
    /** {@code STATX_NLINK} and {@code STATX_SIZE}, and where {@code struct statx} has them; it is the same everywhere. */
    private static final int LINKS_AND_SIZE = 0x204;

    private static final long LINKS_AT = 16;
    private static final long SIZE_AT = 40;
    private static final long STATX_BYTES = 256;
    /** What tells of somebody who waits for a lease; unlike the default, {@code SIGIO}, it ends no process. */
    private static final int SIGURG = 23;

    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final @Nullable MethodHandle OPEN = variadic("open", 2, POINTER, INT);
    private static final @Nullable MethodHandle FCNTL = variadic("fcntl", 2, INT, INT, INT);
    private static final @Nullable MethodHandle IOCTL = variadic("ioctl", 2, INT, LONG, POINTER);
    private static final @Nullable MethodHandle SYNCFS = find("syncfs", INT, INT);
    private static final @Nullable MethodHandle STATX = find("statx", INT, INT, POINTER, INT, INT, POINTER);
    private static final @Nullable MethodHandle CLOSE = find("close", INT, INT);
    private static final @Nullable MethodHandle PWRITE = find("pwrite", LONG, INT, POINTER, LONG, LONG);
    private static final @Nullable MethodHandle FTRUNCATE = find("ftruncate", INT, INT, LONG);
    private static final @Nullable MethodHandle RENAMEAT2 = find("renameat2", INT, INT, POINTER, INT, POINTER, INT);

    private LinuxCalls() {}

    /** Finds the functions, which takes some tens of milliseconds, if that was not done before. */
    static void load() {
        // The class does it when it is initialized.
    }

    private static @Nullable MethodHandle find(String function, MemoryLayout result, MemoryLayout... arguments) {
        return link(function, FunctionDescriptor.of(result, arguments));
    }

    private static @Nullable MethodHandle variadic(String function, int fixed, MemoryLayout... arguments) {
        return link(function, FunctionDescriptor.of(INT, arguments), Linker.Option.firstVariadicArg(fixed));
    }

    @SuppressWarnings("restricted") // config/jvm.options enables native access.
    private static @Nullable MethodHandle link(
            String function, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(function)
                .map(found -> linker.downcallHandle(found, descriptor, options))
                .orElse(null);
    }

    /** A descriptor of {@code path}, for reading, that is never closed; negative where there is none. */
    static int open(Path path) {
        return open(path, O_RDONLY);
    }

    private static int open(Path path, int flags) {
        MethodHandle open = OPEN;
        if (open == null) {
            return -1;
        }
        try (Arena arena = Arena.ofConfined()) {
            return (int) open.invokeExact(arena.allocateFrom(path.toString()), flags | O_CLOEXEC);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Forces all that is written on the file system of {@code descriptor} to the device; false where some of it may not
     * have got there, ever since the descriptor was opened (Linux 5.8).
     */
    static boolean syncFileSystem(int descriptor) {
        return isZero(SYNCFS, descriptor);
    }

    private static boolean isZero(@Nullable MethodHandle function, int argument) {
        try {
            return function != null && (int) function.invokeExact(argument) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Renames {@code one} to {@code other}, as one of the flags says: exclusively, or each to the other's name. */
    static boolean rename(Path one, Path other, int flag) {
        MethodHandle rename = RENAMEAT2;
        if (rename == null) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(one.toString());
            MemorySegment to = arena.allocateFrom(other.toString());
            return (int) rename.invokeExact(AT_FDCWD, from, AT_FDCWD, to, flag) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes {@code content} over {@code file}, if it has no other name and nobody has it open: the write lease is given on no
     * other condition, and whoever opens the file in between waits until it is given back, by closing. False, with anything in
     * the file, where that cannot be.
     */
    static boolean rewrite(Path file, byte[] content) {
        int descriptor = open(file, O_WRONLY);
        if (descriptor < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            long before = lease(descriptor) ? lengthWithOneName(descriptor, arena) : -1;
            return before >= 0 && write(descriptor, arena.allocateFrom(ValueLayout.JAVA_BYTE, content), before);
        } finally {
            boolean closed = isZero(CLOSE, descriptor);
            assert closed;
        }
    }

    private static long lengthWithOneName(int descriptor, Arena arena) {
        MethodHandle statx = STATX;
        MemorySegment found = arena.allocate(STATX_BYTES, Long.BYTES);
        try {
            boolean known = statx != null
                    && (int) statx.invokeExact(descriptor, arena.allocateFrom(""), AT_EMPTY_PATH, LINKS_AND_SIZE, found)
                            == 0;
            return known && found.get(ValueLayout.JAVA_INT, LINKS_AT) == 1
                    ? found.get(ValueLayout.JAVA_LONG, SIZE_AT)
                    : -1;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks {@code folder} as the top of hierarchies that have nothing to do with each other; false where that says nothing. */
    static boolean markTop(Path folder) {
        int descriptor = open(folder);
        if (descriptor < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flags = arena.allocate(ValueLayout.JAVA_LONG);
            if (!control(descriptor, GET_FLAGS, flags)) {
                return false;
            }
            flags.set(ValueLayout.JAVA_INT, 0, flags.get(ValueLayout.JAVA_INT, 0) | TOP_FOLDER);
            return control(descriptor, SET_FLAGS, flags);
        } finally {
            boolean closed = isZero(CLOSE, descriptor);
            assert closed;
        }
    }

    private static boolean control(int descriptor, long request, MemorySegment argument) {
        MethodHandle control = IOCTL;
        try {
            return control != null && (int) control.invokeExact(descriptor, request, argument) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean lease(int descriptor) {
        MethodHandle control = FCNTL;
        try {
            return control != null
                    && (int) control.invokeExact(descriptor, F_SETSIG, SIGURG) == 0
                    && (int) control.invokeExact(descriptor, F_SETLEASE, F_WRLCK) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean write(int descriptor, MemorySegment content, long before) {
        MethodHandle write = PWRITE;
        MethodHandle truncate = FTRUNCATE;
        long length = content.byteSize();
        try {
            return write != null
                    && truncate != null
                    && (long) write.invokeExact(descriptor, content, length, 0L) == length
                    && (before <= length || (int) truncate.invokeExact(descriptor, length) == 0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
