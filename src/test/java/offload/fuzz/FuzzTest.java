package offload.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import offload.http.turns.CursorTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each target over its kept corpus and over mutations of it; more of them with -Doffload.fuzz=1000000, others with
 * -Doffload.fuzz.seed=N. What was found once is kept in the corpus.
 */
class FuzzTest {
    private static final Path CORPORA = Path.of("src/test/resources/offload/fuzz");
    private static final int MUTATIONS = Integer.getInteger("offload.fuzz", 5_000);
    private static final long SEED = Long.getLong("offload.fuzz.seed", 20_230_601);

    static Stream<Arguments> targets() {
        return Stream.of(
                target("submission", SubmissionTarget::fuzzerTestOneInput),
                target("sse", SseTarget::fuzzerTestOneInput),
                target("path", PathTarget::fuzzerTestOneInput),
                target("url", UrlTarget::fuzzerTestOneInput),
                target("cursor", CursorTarget::fuzzerTestOneInput));
    }

    private static Arguments target(String name, Consumer<byte[]> run) {
        return Arguments.of(name, run);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void a_parser_keeps_its_promises_whatever_comes(String name, Consumer<byte[]> target) throws IOException {
        List<byte[]> corpus = corpus(name);
        assertTrue(corpus.size() >= 5, "the corpus of " + name + " is too small");
        corpus.forEach(input -> run(target, input));
        Mutation mutation = new Mutation(SEED, corpus);
        for (int i = 0; i < MUTATIONS; i++) {
            run(target, mutation.next());
        }
    }

    private static List<byte[]> corpus(String name) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPORA.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static void run(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("failed for " + Base64.getEncoder().encodeToString(input), e);
        }
    }
}
