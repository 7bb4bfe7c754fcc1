package offload.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the system gives no more threads. */
class ThreadsIT {
    private static final int TURNS = 30;

    @TempDir
    Path data;

    @Test
    void turns_that_end_while_no_thread_is_to_be_had_end_as_they_would() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        try (TaskLimit limit = TaskLimit.need();
                ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Talk.wordsUntil(enough, 20_000));
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                turns.add(Turn.submit(node, data));
            }
            for (Turn turn : turns) {
                Until.holds("the answer comes", () -> turn.log().contains("word 1"));
            }
            limit.freeze(node.pid());
            enough.countDown();
            for (Turn turn : turns) {
                Until.holds("the turn is final", turn::isFinal);
                turn.assertSound();
                assertTrue(turn.errorCode().isEmpty(), turn.errorCode());
            }
        }
    }
}
