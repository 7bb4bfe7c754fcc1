package offload.disk;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import offload.libc.SystemWords;

/**
 * Looks at files that other machines replace. On NFS and GlusterFS a file that is replaced after its name was found and
 * before it is opened or read is stale (ESTALE), and what was found may be remembered for a second. Looked at again it
 * is the new one: nothing has failed that a caller should hear of. Where all stays stale, as with an export that is gone,
 * only the first of many looks takes its time. Any thread.
 */
public final class FreshLook {
    private static final int MOST_LOOKS = 100;
    private static final int FEW_LOOKS = 5;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long GIVEN_UP_NANOS = 10_000_000_000L;

    private static volatile long givenUp = System.nanoTime() - GIVEN_UP_NANOS;

    private FreshLook() {}

    /** One look, from the finding of the name on. */
    public interface Look<T> {
        T run() throws IOException;
    }

    /**
     * What {@code look} finds, again and again where that is stale: for two seconds at most, and for a tenth of one where
     * another look has lately found nothing else for two, and none has found anything since.
     */
    public static <T> T at(Look<T> look) throws IOException {
        boolean hopeless = System.nanoTime() - givenUp < GIVEN_UP_NANOS;
        int most = hopeless ? FEW_LOOKS : MOST_LOOKS;
        for (int number = 1; ; number++) {
            try {
                T found = look.run();
                if (hopeless) {
                    givenUp = System.nanoTime() - GIVEN_UP_NANOS;
                }
                return found;
            } catch (IOException e) {
                if (!isStale(e)) {
                    throw e;
                }
                if (number == most) {
                    // A short look proves nothing: it must not be why the next is short.
                    givenUp = hopeless ? givenUp : System.nanoTime();
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    static boolean isStale(IOException e) {
        return Words.STALE.areIn(e);
    }

    /** Asked for when a look has failed: most servers never need them. */
    private static final class Words {
        static final SystemWords STALE = SystemWords.of(116, "Stale file handle");
    }
}
