package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the JVM takes without a word, although it means nothing to it. */
class JvmOptionsTest {
    private static final String EXCLUDE = "-XX:CompileCommand=exclude,";

    @Test
    void every_method_that_the_compiler_is_to_leave_alone_is_one_of_this_jdk() throws Exception {
        List<String> excluded = Files.readAllLines(Path.of("config/jvm.options")).stream()
                .filter(line -> line.startsWith(EXCLUDE))
                .map(line -> line.substring(EXCLUDE.length()))
                .toList();
        assertFalse(excluded.isEmpty());
        for (String method : excluded) {
            String[] parts = method.split("::");
            Class<?> owner = Class.forName(parts[0], false, null);
            assertTrue(
                    Arrays.stream(owner.getDeclaredMethods())
                            .anyMatch(known -> known.getName().equals(parts[1])),
                    method);
        }
    }
}
