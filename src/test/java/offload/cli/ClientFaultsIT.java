package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.Test;

/** What a client says where no Offload is to blame: keys that are none, and servers that are none. */
class ClientFaultsIT {
    private static final String SERVER = "http://127.0.0.1:1";

    @Test
    void a_key_or_token_that_cannot_be_sent_is_named_and_not_shown() {
        for (String variable : List.of("OPENAI_API_KEY", "OFFLOAD_API_KEY")) {
            Result asked = OffloadProcess.run(Map.of(variable, "sk-hid\nden"), "ask", "--server", SERVER, "Hello?");
            assertEquals(2, asked.code());
            assertTrue(asked.err().startsWith("offload: " + variable + " holds a character"), asked.err());
            assertFalse(asked.err().contains("den"), asked.err());
        }
        String turn = SERVER + "/1/r/priv/2026/01/01/00/00/00/x.json";
        for (String command : List.of("tail", "status", "stop")) {
            Result refused = OffloadProcess.run(Map.of(), command, turn, "--token", "hid\nden");
            assertEquals(2, refused.code());
            assertTrue(refused.err().startsWith("offload: the token holds a character"), refused.err());
            assertFalse(refused.err().contains("den"), refused.err());
        }
    }
}
