package offload.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import offload.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WireTest {

    @Test
    @Timeout(60)
    void an_answer_of_which_nothing_comes_any_more_is_given_up() throws Exception {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(c -> {
                c.request();
                c.head("200 OK", "Content-Length: 99").send("{\"status\":");
                c.awaitClientClose();
            });
            Wire wire = new Wire(Duration.ofSeconds(2));
            HttpRequest request =
                    Wire.request(URI.create(server.base() + "/turn.json"), null).build();
            IOException given = assertThrows(IOException.class, () -> wire.json(request));
            assertEquals("nothing came for 2 s", given.getMessage());
        }
    }
}
