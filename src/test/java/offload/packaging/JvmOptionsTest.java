package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JVM takes without a word, although it may mean nothing to it, or something else. */
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

    @Test
    void tests_find_the_options_also_where_the_path_of_the_checkout_has_blanks() throws Exception {
        // What Maven puts in, the JVM's command line is split at.
        Pattern line = Pattern.compile("<argLine>@config/jvm\\.options</argLine>");
        assertTrue(line.matcher(Files.readString(Path.of("pom.xml"))).find());
    }

    @ParameterizedTest
    @CsvSource({"300m, 150", "1g, 512", "2g, 1024", "64g, 1024"})
    void the_heap_may_take_half_the_memory_but_no_more_than_a_gigabyte(String memory, long megabytes) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "@config/jvm.options", "-XX:MaxRAM=" + memory, "-XX:+PrintFlagsFinal", "-version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String flags = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        Matcher heap = Pattern.compile(" MaxHeapSize += (\\d+) ").matcher(flags);
        assertTrue(heap.find(), flags);
        assertEquals(megabytes, Long.parseLong(heap.group(1)) >> 20);
    }
}
