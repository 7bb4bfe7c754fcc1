package offload.upstream.openai;

import offload.libc.CFunction;

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
    static boolean ask(int value) {
        return CFunction.find("setpriority").succeeds(THREAD, CALLING, value);
    }
}
