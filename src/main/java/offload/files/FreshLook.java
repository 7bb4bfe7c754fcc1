package offload.files;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import offload.libc.SystemWords;

/**
 * Looks at files that other machines replace. On NFS and GlusterFS a file that is replaced after its name was found and
 * before it is opened or read is stale (ESTALE), and what was found may be remembered for a second. Looked at again it
 * is the new one: nothing has failed that a caller should hear of. Stateless; any thread.
 */
final class FreshLook {
    private static final int MOST_LOOKS = 100;
    private static final long PAUSE_NANOS = 20_000_000;

    private FreshLook() {}

    /** One look, from the finding of the name on. */
    interface Look<T> {
        T run() throws IOException;
    }

    /** What {@code look} finds, for two seconds at most again and again where that is stale. */
    static <T> T at(Look<T> look) throws IOException {
        for (int number = 1; number < MOST_LOOKS; number++) {
            try {
                return look.run();
            } catch (IOException e) {
                if (!isStale(e)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return look.run();
    }

    static boolean isStale(IOException e) {
        return Words.STALE.areIn(e);
    }

    /** Asked for when a look has failed: most servers never need them. */
    private static final class Words {
        static final SystemWords STALE = SystemWords.of(116, "Stale file handle");
    }
}
