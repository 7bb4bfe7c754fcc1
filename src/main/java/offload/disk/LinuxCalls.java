package offload.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import offload.libc.CFunction;

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

    private static final CFunction OPEN = CFunction.find("open");
    private static final CFunction FCNTL = CFunction.find("fcntl");
    private static final CFunction IOCTL = CFunction.find("ioctl");
    private static final CFunction SYNCFS = CFunction.find("syncfs");
    private static final CFunction STATX = CFunction.find("statx");
    private static final CFunction CLOSE = CFunction.find("close");
    private static final CFunction PWRITE = CFunction.find("pwrite");
    private static final CFunction FTRUNCATE = CFunction.find("ftruncate");
    private static final CFunction RENAMEAT2 = CFunction.find("renameat2");

    private LinuxCalls() {}

    /** A descriptor of {@code path}, for reading, that is never closed; negative where there is none. */
    static int open(Path path) {
        return open(path, O_RDONLY);
    }

    private static int open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) OPEN.call(text(path.toString(), arena), flags | O_CLOEXEC);
        }
    }

    private static long text(String text, Arena arena) {
        return arena.allocateFrom(text).address();
    }

    /**
     * Forces all that is written on the file system of {@code descriptor} to the device; false where some of it may not
     * have got there, ever since the descriptor was opened (Linux 5.8).
     */
    static boolean syncFileSystem(int descriptor) {
        return SYNCFS.succeeds(descriptor);
    }

    /** Renames {@code one} to {@code other}, as one of the flags says: exclusively, or each to the other's name. */
    static boolean rename(Path one, Path other, int flag) {
        try (Arena arena = Arena.ofConfined()) {
            long from = text(one.toString(), arena);
            long to = text(other.toString(), arena);
            return RENAMEAT2.succeeds(AT_FDCWD, from, AT_FDCWD, to, flag);
        }
    }

    /**
     * Writes {@code content} over {@code file}, if it has no other name and nobody has it open: the write lease is given on no
     * other condition, and whoever opens the file in between waits until it is given back, by closing. False, with anything in
     * the file, where that cannot be. It must be a plain one: a link is followed, and of a pipe one waits for who reads.
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
            boolean closed = CLOSE.succeeds(descriptor);
            assert closed;
        }
    }

    private static long lengthWithOneName(int descriptor, Arena arena) {
        MemorySegment found = arena.allocate(STATX_BYTES, Long.BYTES);
        boolean known = STATX.succeeds(descriptor, text("", arena), AT_EMPTY_PATH, LINKS_AND_SIZE, found.address());
        return known && found.get(ValueLayout.JAVA_INT, LINKS_AT) == 1 ? found.get(ValueLayout.JAVA_LONG, SIZE_AT) : -1;
    }

    /** Marks {@code folder} as the top of hierarchies that have nothing to do with each other; false where that says nothing. */
    static boolean markTop(Path folder) {
        int descriptor = open(folder);
        if (descriptor < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flags = arena.allocate(ValueLayout.JAVA_LONG);
            if (!IOCTL.succeeds(descriptor, GET_FLAGS, flags.address())) {
                return false;
            }
            flags.set(ValueLayout.JAVA_INT, 0, flags.get(ValueLayout.JAVA_INT, 0) | TOP_FOLDER);
            return IOCTL.succeeds(descriptor, SET_FLAGS, flags.address());
        } finally {
            boolean closed = CLOSE.succeeds(descriptor);
            assert closed;
        }
    }

    private static boolean lease(int descriptor) {
        return FCNTL.succeeds(descriptor, F_SETSIG, SIGURG) && FCNTL.succeeds(descriptor, F_SETLEASE, F_WRLCK);
    }

    private static boolean write(int descriptor, MemorySegment content, long before) {
        long length = content.byteSize();
        return PWRITE.call(descriptor, content.address(), length, 0) == length
                && (before <= length || FTRUNCATE.succeeds(descriptor, length));
    }
}
