package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offload.engine.Verification;
import offload.files.DataFolder;
import offload.testing.RawHttp;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at the Nth write, rename, link, sync, opening or removal of one turn's life, for every N. A server
 * that lives beside it finishes what is left. {@code -Doffload.every=6} takes every sixth only.
 */
class KillAtCallIT {
    private static final int EVERY = Integer.getInteger("offload.every", 1);
    private static final List<String> CALLS =
            List.of("write", "rename", "link", "fsync", "openat", "unlink", "ftruncate", "mkdir");

    @TempDir
    Path data;

    private record Point(String call, int number) {}

    @Test
    void whatever_call_was_the_last_the_turn_becomes_final_and_whole() throws Exception {
        Strace.need();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node living = start(upstream)) {
            upstream.always(Talk.words(6, 4_000));
            List<Point> points = points(upstream);
            int answered = 0;
            for (int i = 0; i < points.size(); i += EVERY) {
                answered += killAt(points.get(i), upstream, living) ? 1 : 0;
            }
            System.out.println(
                    points.size() + " points, every " + EVERY + "th taken, " + answered + " answered before");
            assertEquals(200, Turn.post(living).status());
            Until.holds(
                    "all is sound",
                    () -> Verification.of(new DataFolder(data)).faults().isEmpty());
        }
    }

    /** One carrier thread, because strace counts for each thread. */
    private Node start(ScriptedUpstream upstream) throws IOException {
        return Node.start(
                data,
                upstream.base(),
                Map.of(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }

    /** Every call of a turn's life, from a server that is only looked at. */
    private List<Point> points(ScriptedUpstream upstream) throws Exception {
        List<Point> points = new ArrayList<>();
        try (Node node = warm(upstream)) {
            try (Strace strace = Strace.attach(node, "-e", "trace=renameat2," + String.join(",", CALLS))) {
                Turn turn = Turn.submit(node, data);
                Until.holds("the turn is final", turn::isFinal);
                // Removed, or moved away to become another file; while it is claimed it has an ending.
                String gone = ".* (unlink|rename|renameat2)\\([^\"]*\"[^\"]*/active/pub-[^\"]*"
                        + turn.base().getFileName() + "\".*";
                Until.holds("its marker is gone", () -> strace.calls().stream().anyMatch(c -> c.matches(gone)));
                for (String call : CALLS) {
                    long most = mostOfOneThread(strace.calls(), call);
                    for (int n = 1; n <= most; n++) {
                        points.add(new Point(call, n));
                    }
                }
            }
        }
        return points;
    }

    private static long mostOfOneThread(List<String> lines, String call) {
        return lines.stream()
                .filter(line -> line.matches("\\d+ +" + call + "\\(.*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.groupingBy(thread -> thread, Collectors.counting()))
                .values()
                .stream()
                .max(Long::compare)
                .orElse(0L);
    }

    private Node warm(ScriptedUpstream upstream) throws Exception {
        Node node = start(upstream);
        Until.holds("a first turn is final", Turn.submit(node, data)::isFinal);
        return node;
    }

    private boolean killAt(Point point, ScriptedUpstream upstream, Node living) throws Exception {
        Turn turn = null;
        try (Node doomed = warm(upstream)) {
            String inject = "inject=" + point.call() + ":signal=KILL:when=" + point.number();
            SseRecorder reader = null;
            try (Strace strace = Strace.attach(doomed, "-e", "trace=" + point.call(), "-e", inject)) {
                RawHttp.Response answer = Turn.post(doomed);
                assertEquals(200, answer.status());
                turn = Turn.of(answer, data);
                reader = turn.read(doomed);
                reader.awaitAnyEnd();
            } catch (IOException | UncheckedIOException e) {
                // It was killed before it answered.
            }
            doomed.kill();
            if (turn != null) {
                Until.holds(point + ": " + turn.path() + " is final", turn::isFinal);
                turn.assertSound();
            }
            if (turn != null && reader != null) {
                turn.assertHolds(reader);
            }
        }
        assertTrue(living.isAlive(), living::output);
        Until.holds(point + ": the dead node's folder is gone", () -> nodes() == 1);
        assertEquals(List.of(), Verification.of(new DataFolder(data)).faults(), point.toString());
        return turn != null;
    }

    private long nodes() throws IOException {
        try (Stream<Path> nodes = Files.list(data.resolve(".offload/nodes"))) {
            return nodes.filter(node -> !node.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
