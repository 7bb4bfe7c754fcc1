package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

/** Tokens do not wait behind the beginnings and ends of turns, where the system lets them. */
class NiceValueTest {
    @Test
    void the_thread_that_reads_for_all_turns_goes_first_and_no_other_one() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/thread-self")) && isGranted(), "the system grants no nice value");
        List<Integer> own = niceValue(Path.of("/proc/thread-self"), "").toList();
        try (BodyPump pump = new BodyPump("urgent-bodies")) {
            Until.holds("an urgent thread", () -> niceValues("urgent-bodies").equals(List.of(-5)));
            assertEquals(own, niceValue(Path.of("/proc/thread-self"), "").toList());
        }
    }

    private static boolean isGranted() throws InterruptedException {
        boolean[] granted = new boolean[1];
        Thread asking = Thread.ofPlatform().start(() -> granted[0] = NiceValue.ask(-5));
        asking.join();
        return granted[0];
    }

    /** Of the threads whose name begins with {@code name}. */
    private static List<Integer> niceValues(String name) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.flatMap(thread -> niceValue(thread, name)).toList();
        }
    }

    /** After proc(5): the name in parentheses, then the state as the third field; the nice value is the nineteenth. */
    private static Stream<Integer> niceValue(Path thread, String name) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            boolean named = stat.substring(stat.indexOf('(') + 1).startsWith(name);
            String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return named ? Stream.of(Integer.valueOf(rest[19 - 3])) : Stream.empty();
        } catch (IOException e) {
            // It has ended meanwhile.
            return Stream.empty();
        }
    }
}
