package offload.bench;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import offload.json.Json;
import offload.testing.Programs;
import offload.testing.ServerProcess;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a token costs in system calls: a figure that no noise moves. One read from the upstream, one write to the event
 * log and one write to the reader are the work itself; a change that adds another to each token, or a hand-over between
 * threads, fails here.
 */
class SyscallGateIT {
    private static final int STREAMS = 40;
    private static final int FEW = 50;
    private static final int MANY = 250;
    private static final double MOST_CALLS = 5;
    private static final double MOST_FUTEX = 0.3;

    @TempDir
    Path folder;

    @Test
    void a_token_costs_at_most_five_system_calls_and_hardly_ever_wakes_a_thread() throws Exception {
        assumeTrue(
                Programs.runs("strace", "-c", "true"),
                "strace is not installed or may not attach: apt-get install strace");
        try (BenchProcess upstream = BenchProcess.start(BenchProcess.java(FastUpstream.class), Map.of());
                ServerProcess server = ServerProcess.start(
                        folder.resolve("data"),
                        Map.of("OFFLOAD_UPSTREAM_URL", "http://127.0.0.1:" + upstream.port() + "/v1"))) {
            load(server, STREAMS, FEW);
            Counts few = traced(server, FEW);
            Counts many = traced(server, MANY);
            double tokens = (double) STREAMS * (MANY - FEW);
            double all = (many.all() - few.all()) / tokens;
            double futex = (many.futex() - few.futex()) / tokens;
            assertAll(
                    () -> assertTrue(all <= MOST_CALLS, "system calls for a token: " + all),
                    () -> assertTrue(futex <= MOST_FUTEX, "futex calls for a token: " + futex));
        }
    }

    private record Counts(long all, long futex) {}

    /** What turns of {@code tokens} tokens cost: the difference of two lengths is free of what each turn costs once. */
    private Counts traced(ServerProcess server, int tokens) throws Exception {
        Path counts = folder.resolve("counts-" + tokens);
        Path said = folder.resolve("strace-" + tokens);
        Process trace = new ProcessBuilder(
                        "strace", "-f", "-c", "-o", counts.toString(), "-p", Long.toString(server.pid()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Until.holds("strace is attached", () -> Files.readString(said).contains("attached"));
        JsonObject seen = load(server, STREAMS, tokens);
        new ProcessBuilder("kill", "-INT", Long.toString(trace.pid())).start().waitFor();
        assertTrue(trace.waitFor(20, TimeUnit.SECONDS));
        assertEquals(STREAMS * tokens, seen.getInt("tokens"));
        assertEquals(0, seen.getInt("missing") + seen.getInt("disordered") + seen.getInt("failed"));
        return new Counts(calls(counts, "total"), calls(counts, "futex"));
    }

    private static JsonObject load(ServerProcess server, int streams, int tokens) throws Exception {
        String url = server.url("/v1/stream-chatgpt").toString();
        List<String> command = BenchProcess.java(
                FastLoad.class,
                "offload",
                url,
                Integer.toString(streams),
                Integer.toString(tokens),
                "30",
                "1",
                "40",
                "0");
        return Json.object(BenchProcess.run(command).getBytes(StandardCharsets.UTF_8));
    }

    /** The calls in the line of {@code name}: its fourth column, or the third where the times are left out. */
    private static long calls(Path counts, String name) throws IOException {
        return Files.readAllLines(counts).stream()
                .filter(line -> line.endsWith(" " + name))
                .map(line -> line.strip().split(" +"))
                .mapToLong(columns -> Long.parseLong(columns[3]))
                .findFirst()
                .orElse(0);
    }
}
