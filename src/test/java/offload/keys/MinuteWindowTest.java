package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinuteWindowTest {

    @Test
    void it_counts_like_a_list_of_times_would() {
        Random random = new Random(7);
        MinuteWindow window = new MinuteWindow();
        Deque<Long> list = new ArrayDeque<>();
        long now = 1_000_000;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(4000) * (random.nextInt(3) == 0 ? 10L : 0L);
            long oldest = now - 60_000;
            list.removeIf(time -> time <= oldest);
            if (random.nextBoolean()) {
                assertEquals(list.isEmpty() ? 60_000 : list.getFirst() + 60_000 - now, window.untilOldestLeaves(now));
            }
            assertEquals(list.size(), window.used(now));
            if (random.nextInt(10) == 0 && !list.isEmpty()) {
                long time = list.peekLast();
                list.removeLastOccurrence(time);
                window.remove(time);
            } else {
                list.addLast(now);
                window.add(now);
            }
            long expected = list.isEmpty() ? 60_000 : list.getFirst() + 60_000 - now;
            assertEquals(expected, window.untilOldestLeaves(now));
        }
    }
}
