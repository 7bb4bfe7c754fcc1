package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import offload.testing.OffloadProcess;
import offload.testing.Programs;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the documents run as they stand there, with this server's address in place of the one they name. */
class SamplesIT {
    private static final Path README = Path.of("README.md");
    private static final Path RECIPES = Path.of("src/docs/recipes.md");
    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final String CHUNK = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}";

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_walk_with_curl_reads_resumes_chains_and_removes() throws Exception {
        Ran walk = run(sample(README, "sh", "# Submit."), "sh");
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
        Ran python = run(sample(README, "python", "import"), "python3");
        assertEquals(new Ran(0, "The tides turn.\ndone None\n"), python);
    }

    @Test
    void php_prints_the_answer() throws Exception {
        Ran php = run(sample(README, "php", "curl_init"), "php");
        assertEquals(new Ran(0, "The tides turn.\n"), php);
    }

    @Test
    void a_cron_job_prints_the_answer() throws Exception {
        assumeTrue(isThere("jq"), "jq is not here");
        Ran job = run(sample(RECIPES, "sh", "async-chatgpt"), "sh");
        assertEquals(new Ran(0, "The tides turn.\n"), job);
    }

    private record Ran(int code, String out) {}

    private Ran run(String sample, String program) throws Exception {
        assumeTrue(isThere(program), program + " is not here");
        assumeTrue(!program.equals("php") || Programs.runs("php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"));
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .always(Script.events(
                                CHUNK.formatted("The", "null"),
                                CHUNK.formatted(" tides", "null"),
                                CHUNK.formatted(" turn", "null"),
                                CHUNK.formatted(".", "\"stop\"")));
                OffloadProcess server = OffloadProcess.start(variables(upstream), "", "serve")) {
            Path file = Files.writeString(
                    folder.resolve("sample"),
                    sample.replace(ADDRESS, server.base().toString()));
            Path out = folder.resolve("out");
            ProcessBuilder builder = new ProcessBuilder(program, file.toString());
            builder.environment().put("OPENAI_API_KEY", "sk-test");
            Process process = builder.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(ended, "still runs: " + Files.readString(out));
            return new Ran(process.exitValue(), Files.readString(out));
        }
    }

    private Map<String, String> variables(ScriptedUpstream upstream) {
        return Map.of(
                "OFFLOAD_PORT", "0",
                "OFFLOAD_DATA_DIR", folder.resolve("data").toString(),
                "OFFLOAD_UPSTREAM_URL", upstream.base().toString());
    }

    private static String sample(Path document, String language, String part) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
                .matcher(Files.readString(document))
                .results()
                .map(found -> found.group(1))
                .filter(sample -> sample.contains(part) && sample.contains(ADDRESS))
                .findFirst()
                .orElseThrow(() -> new AssertionError(document + " has no such sample any more"));
    }

    private static boolean isThere(String program) {
        return Programs.runs("sh", "-c", "command -v " + program);
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
