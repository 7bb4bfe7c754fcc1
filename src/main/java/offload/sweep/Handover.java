package offload.sweep;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Work that is given to other threads, and done at once by who gives it where the system has no thread for it. Stateless. */
public final class Handover {
    private Handover() {}

    /** Has {@code executor} do {@code work}, or does it before this returns. */
    public static <T> Future<T> submit(Executor executor, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        execute(executor, task);
        return task;
    }

    /** The same for what has no result. */
    public static void execute(Executor executor, Runnable work) {
        try {
            executor.execute(work);
        } catch (OutOfMemoryError e) {
            // That of the heap ends the process.
            work.run();
        }
    }
}
