package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What file systems of several machines do in another way than those of one. */
class SharedFolderIT {
    private static final String FIRST = "data: {\"a\":1}\nid: 22\n\n";
    private static final String SECOND = "data: {\"a\":2}\nid: 44\n\n";
    private static final String DONE = "data: [DONE]\nid: 65\n\n";

    @TempDir
    Path data;

    /** Such a file is stale (ESTALE) between the finding of its name and its opening. */
    @Test
    void a_reader_of_a_file_that_is_just_being_replaced_is_served() throws Exception {
        Strace.need();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Script.events(Talk.chunk(1, "").replace("null", "\"stop\"")));
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            for (String ending : List.of(".json", ".txt")) {
                String file = turn.file(ending).toString();
                RawHttp.Response answer;
                try (Strace strace = Strace.attach(
                        node, "-e", "trace=openat", "-e", "inject=openat:error=ESTALE:when=1", "-P", file)) {
                    answer = RawHttp.exchange("GET", node.url(turn.path() + ending), "");
                    assertTrue(strace.calls().stream().anyMatch(line -> line.contains("INJECTED")));
                }
                assertEquals(200, answer.status(), answer.text());
            }
        }
    }

    /** Until it is in sight here it would be 416, after which an EventSource does not come back. */
    @Test
    void a_reader_who_has_more_of_another_servers_turn_than_is_in_sight_here_waits_for_it() throws Exception {
        Path folder = Files.createDirectories(data.resolve("pub/2023/06/01/11/07/06"));
        Path log = Files.writeString(folder.resolve("t.txt"), FIRST);
        Path status = folder.resolve("t.json");
        Files.writeString(status, "{\"status\":\"streaming\",\"state\":\"in_progress\"}          ");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of());
                SseRecorder reader =
                        SseRecorder.open(node.url("/1/r/pub/2023/06/01/11/07/06/t.txt"), "Last-Event-ID: 44")) {
            Until.holds("the server looks for it", () -> hasOpen(node, log));
            Files.writeString(log, SECOND + DONE, StandardOpenOption.APPEND);
            Files.writeString(status, "{\"status\":\"done\",\"state\":\"completed\"}            ");
            assertEquals("[DONE]", reader.awaitEnd().getLast().data());
            assertEquals(200, reader.status());
        }
    }

    private static boolean hasOpen(Node node, Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/" + node.pid() + "/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(descriptor, file));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    /** As where a link leads to a device that is mounted again later: it was taken for deleted, and never ended. */
    @Test
    void a_turn_whose_folder_is_out_of_sight_when_it_ends_is_final_once_it_is_back() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Script.silence());
            Turn turn = Turn.submit(node, data);
            Path away = Files.move(data.resolve("pub"), data.resolve("away"));
            RawHttp.exchange("POST", node.url(turn.path() + "/stop"), "");
            Until.holds("it cannot be finished", () -> node.output().contains("failed, for now"));
            Files.move(away, data.resolve("pub"));
            Until.holds("the turn is final", turn::isFinal);
            turn.assertSound();
            assertEquals("cancelled", turn.status().getString("state"));
        }
    }

    /** One that is open stays there under another name, and with it the folder. */
    @Test
    void a_server_that_ends_removes_nothing_that_it_has_open() throws Exception {
        Strace.need();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of());
                Strace strace = Strace.attach(node, "-e", "trace=close,unlink,unlinkat")) {
            node.signal("TERM");
            assertEquals(0, node.awaitExit());
            for (String file : List.of("/lock", "/heartbeat")) {
                Predicate<String> isOfIt = line -> line.contains(file + ">") || line.contains(file + "\"");
                String last = strace.calls().stream().filter(isOfIt).toList().getLast();
                assertTrue(last.contains("unlink"), last);
            }
        }
    }
}
