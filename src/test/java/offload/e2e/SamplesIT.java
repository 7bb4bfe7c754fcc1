package offload.e2e;

import static offload.e2e.Sample.README;
import static offload.e2e.Sample.RECIPES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import offload.e2e.Sample.Ran;
import offload.testing.OffloadProcess;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the documents run as they stand there, with this server's address in place of the one they name. */
class SamplesIT {
    private static final String CHUNK = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}";

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_walk_with_curl_reads_resumes_chains_and_removes() throws Exception {
        Ran walk = run(Sample.of(README, "sh", "# Submit."));
        assertEquals(0, walk.code(), walk.out());
        // All of it, what is left after the third record twice, and all of the private one.
        assertEquals(2, count("data: .*\"content\":\"The\"", walk.out()), walk.out());
        assertEquals(4, count("data: .*\"content\":\"\\.\"", walk.out()), walk.out());
        assertEquals(4, count("data: \\[DONE]", walk.out()), walk.out());
        assertTrue(walk.out().contains("}401\n"), walk.out());
        assertTrue(walk.out().endsWith("\n204\n"), walk.out());
    }

    @Test
    void python_prints_the_answer_and_its_usage() throws Exception {
        assertEquals(new Ran(0, "The tides turn.\ndone None\n"), run(Sample.of(README, "python", "import")));
    }

    @Test
    void php_prints_the_answer() throws Exception {
        assertEquals(new Ran(0, "The tides turn.\n"), run(Sample.of(README, "php", "curl_init")));
    }

    @Test
    void a_cron_job_prints_the_answer() throws Exception {
        assumeTrue(Sample.isThere("jq"), "jq is not here");
        assertEquals(new Ran(0, "The tides turn.\n"), run(Sample.of(RECIPES, "sh", "async-chatgpt")));
    }

    private Ran run(Sample sample) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .always(Script.events(
                                CHUNK.formatted("The", "null"),
                                CHUNK.formatted(" tides", "null"),
                                CHUNK.formatted(" turn", "null"),
                                CHUNK.formatted(".", "\"stop\"")));
                OffloadProcess server = OffloadProcess.start(variables(upstream), "", "serve")) {
            return sample.run(server.base(), folder);
        }
    }

    private Map<String, String> variables(ScriptedUpstream upstream) {
        return Map.of(
                "OFFLOAD_PORT", "0",
                "OFFLOAD_DATA_DIR", folder.resolve("data").toString(),
                "OFFLOAD_UPSTREAM_URL", upstream.base().toString());
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
