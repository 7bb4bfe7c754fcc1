package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import offload.testing.Programs;

/**
 * A program of the documents, as it stands there.
 *
 * @param program what runs it
 */
record Sample(String text, String program) {
    static final Path README = Path.of("README.md");
    static final Path RECIPES = Path.of("src/docs/recipes.md");
    private static final String ADDRESS = "http://127.0.0.1:8080";

    /** What came of one: its exit code, and what it wrote. */
    record Ran(int code, String out) {}

    /** The first one in {@code document} of that language which holds {@code part} and names a server. */
    static Sample of(Path document, String language, String part) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
                .matcher(Files.readString(document))
                .results()
                .map(found -> found.group(1))
                .filter(sample -> sample.contains(part) && sample.contains(ADDRESS))
                .findFirst()
                .map(text -> new Sample(text, language.equals("python") ? "python3" : language))
                .orElseThrow(() -> new AssertionError(document + " has no such sample any more"));
    }

    /** The same with other words in one place, for a test that would last long. */
    Sample with(String words, String others) {
        assertTrue(text.contains(words), text);
        return new Sample(text.replace(words, others), program);
    }

    /** Runs it in {@code folder}, with {@code server} in place of the address that it names; skips the test where it cannot run here. */
    Ran run(URI server, Path folder) throws IOException, InterruptedException {
        assumeTrue(isThere(program), program + " is not here");
        assumeTrue(!program.equals("php") || Programs.runs("php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"));
        Path file = Files.writeString(folder.resolve("sample"), text.replace(ADDRESS, server.toString()));
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

    static boolean isThere(String program) {
        return Programs.runs("sh", "-c", "command -v " + program);
    }
}
