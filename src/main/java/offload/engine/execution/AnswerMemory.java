package offload.engine.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the answers of all running turns take: a quarter of the heap. Where they are about to take more, the one
 * that takes most is ended, and the others go on: large answers at once, each within its own limit, ended the server. Any
 * thread.
 */
final class AnswerMemory {
    private static final Logger LOG = System.getLogger(AnswerMemory.class.getName());
    private static final int SHARE = 4;

    private final RunningTurns turns;
    private final long most;
    /** Of those that are being ended too, until they are. */
    private final AtomicLong taken = new AtomicLong();

    /** For {@code turns}, with a quarter of this process's heap. */
    AnswerMemory(RunningTurns turns) {
        this(turns, Runtime.getRuntime().maxMemory() / SHARE);
    }

    AnswerMemory(RunningTurns turns, long most) {
        this.turns = turns;
        this.most = most;
    }

    /** What the answer of {@code turn} takes has grown, perhaps. For the turn's thread, once for all that came together. */
    void grew(RunningTurn turn) {
        long more = turn.countAnswer();
        if (more > 0 && taken.addAndGet(more) > most) {
            endLargest();
        }
    }

    /** The answer of {@code turn} takes none any more. For the turn's thread, at its end. */
    void gone(RunningTurn turn) {
        taken.addAndGet(-turn.counted());
    }

    /** One after the other until there is enough for those that go on: each gives its part back as soon as it has ended. */
    private synchronized void endLargest() {
        long going = turns.all().stream()
                .filter(turn -> !turn.isEnding())
                .mapToLong(RunningTurn::counted)
                .sum();
        while (going > most) {
            RunningTurn largest = turns.all().stream()
                    .filter(turn -> !turn.isEnding())
                    .max(Comparator.comparingLong(RunningTurn::counted))
                    .orElse(null);
            if (largest == null) {
                return;
            }
            going -= largest.counted();
            if (largest.end(Ending.MEMORY)) {
                LOG.log(
                        Level.WARNING,
                        "the answer of " + largest.path().relative() + " was ended at " + largest.counted()
                                + " bytes: all answers that grow take a quarter of the heap");
            }
        }
    }

    /** How much they take. */
    long taken() {
        return taken.get();
    }
}
