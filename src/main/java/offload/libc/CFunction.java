package offload.libc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A function of the C library that takes whole numbers and addresses, on Linux. All are called in one way, as functions of
 * six words with a variable end, which every calling convention of Linux passes as it passes fewer and narrower ones: the
 * JDK makes a dozen classes for each way to call, which costs a start more than all that is called. Any thread; a call
 * holds its carrier, so that long ones are for platform threads.
 */
public final class CFunction {
    private static final int WORDS = 6;
    /** Where the variable end begins, as in {@code open(2)}. */
    private static final int FIXED = 2;

    private static final Logger LOG = System.getLogger(CFunction.class.getName());

    /** Null where nothing can be called. */
    private static final @Nullable MethodHandle CALL = handle();

    private final @Nullable MemorySegment address;

    private CFunction(@Nullable MemorySegment address) {
        this.address = address;
    }

    @SuppressWarnings("restricted") // config/jvm.options enables native access.
    private static @Nullable MethodHandle handle() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        ValueLayout[] words = new ValueLayout[WORDS];
        Arrays.fill(words, ValueLayout.JAVA_LONG);
        try {
            return Linker.nativeLinker()
                    .downcallHandle(
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, words), Linker.Option.firstVariadicArg(FIXED));
        } catch (RuntimeException | LinkageError e) {
            // It was started without leave for it, or knows no way on this machine.
            LOG.log(
                    Level.WARNING,
                    "the C library cannot be called: statuses and syncs are slower, and no service manager is told anything: "
                            + e);
            return null;
        }
    }

    /** The function called {@code name}, whether there is one or not. */
    public static CFunction find(String name) {
        return new CFunction(
                CALL == null
                        ? null
                        : Linker.nativeLinker().defaultLookup().find(name).orElse(null));
    }

    /**
     * Calls it with {@code words}, six at most: numbers, and addresses of memory that lives until this returns. What it
     * returns, of which only the lower half says something if its type is {@code int}; -1, the failure of system
     * calls, where the C library has no such function, on other systems than Linux, and where the JDK can call none.
     */
    public long call(long... words) {
        MethodHandle function = CALL;
        if (function == null || address == null) {
            return -1;
        }
        long[] all = Arrays.copyOf(words, WORDS);
        try {
            return (long) function.invokeExact(address, all[0], all[1], all[2], all[3], all[4], all[5]);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls it with {@code words}, as {@link #call} does; whether it returned 0, the success of system calls. */
    public boolean succeeds(long... words) {
        return (int) call(words) == 0;
    }
}
