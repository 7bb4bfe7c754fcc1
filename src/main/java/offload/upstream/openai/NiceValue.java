package offload.upstream.openai;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * How much of the processor a thread leaves to others: the nice value of {@code setpriority(2)}, which on Linux each thread
 * has for itself. The JDK sets it for root alone, and for all threads of a process or none. Stateless.
 */
final class NiceValue {
    /** {@code PRIO_PROCESS}; on Linux a thread, and zero is the calling one. */
    private static final int THREAD = 0;

    private static final int CALLING = 0;

    private NiceValue() {}

    /** Asks for {@code value}, from -20, the most urgent, to 19, for the calling platform thread; whether it was granted. */
    @SuppressWarnings("restricted") // config/jvm.options enables native access.
    static boolean ask(int value) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return false;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle set = linker.downcallHandle(
                    linker.defaultLookup().find("setpriority").orElseThrow(),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            return (int) set.invokeExact(THREAD, CALLING, value) == 0;
        } catch (Throwable e) {
            return false;
        }
    }
}
