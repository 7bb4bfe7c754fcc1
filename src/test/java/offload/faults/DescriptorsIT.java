package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the system gives no more descriptors. */
class DescriptorsIT {
    @TempDir
    Path data;

    @Test
    void a_listener_that_got_none_ends_the_server_which_sees_its_turns_through() throws Exception {
        Strace.need();
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Script.eventsThenWait(rest, Talk.chunk(1, "").replace("null", "\"stop\"")));
            Turn turn = Turn.submit(node, data);
            Until.holds("the answer comes", () -> turn.log().contains("word 1"));
            try (Strace strace = Strace.attach(
                    node, "-e", "trace=accept,accept4", "-e", "inject=accept,accept4:error=EMFILE:when=1")) {
                Until.holds("the listener was refused a connection", () -> {
                    try (Socket caller = new Socket("127.0.0.1", node.url("/").getPort())) {
                        return strace.calls().stream().anyMatch(line -> line.contains("INJECTED"));
                    } catch (ConnectException e) {
                        return true;
                    }
                });
            }
            rest.countDown();
            assertEquals(1, node.awaitExit(), node.output());
            assertTrue(node.output().contains("gives no more connections"), node.output());
            assertTrue(turn.isFinal() && turn.log().endsWith("\n\n"), turn.log());
            turn.assertSound();
        }
    }
}
