package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** The Java image of the package against what the classes ask of it. */
class ImageModulesTest {

    @Test
    void the_image_has_each_module_that_a_class_needs() throws Exception {
        StringWriter listed = new StringWriter();
        String classes = Command.ROOT.resolve("target/classes").toString();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(listed),
                        new PrintWriter(listed),
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        "--list-deps",
                        classes);
        assertEquals(0, code, listed.toString());
        List<String> needed = listed.toString().lines().map(String::strip).toList();
        assertTrue(needed.contains("java.base"), listed.toString());
        String image = Files.readString(Command.ROOT.resolve("src/packaging/modules"));
        Set<String> there = Set.of(image.strip().split(","));
        assertEquals(
                List.of(),
                needed.stream()
                        .map(module -> module.replaceFirst("/.*", ""))
                        .filter(module -> !there.contains(module))
                        .toList());
    }
}
