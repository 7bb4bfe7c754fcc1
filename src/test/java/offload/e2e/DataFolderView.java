package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import offload.testing.FolderContent;
import offload.testing.Until;

/** A server's data folder as somebody sees it who opens it. */
final class DataFolderView {
    private final Supplier<Path> folder;

    DataFolderView(Supplier<Path> folder) {
        this.folder = folder;
    }

    Path file(Object relative) {
        return folder.get().resolve(relative.toString());
    }

    /** Fails where the folder is not as expected; what comes {@code eventually} is waited for. */
    void check(Map<String, Object> expected) throws IOException {
        for (Map.Entry<String, Object> one : expected.entrySet()) {
            Object value = one.getValue();
            switch (one.getKey()) {
                case "has" -> CaseFile.list(value).forEach(file -> assertTrue(exists(file), file + " should be there"));
                case "lacks" ->
                    CaseFile.list(value).forEach(file -> assertFalse(exists(file), file + " should not be"));
                case "eventually" -> eventually(CaseFile.map(value), seconds(expected));
                case "eventually-lacks" ->
                    CaseFile.list(value).forEach(file -> Until.holds(file + " is gone", () -> !exists(file)));
                case "modes" -> modes(CaseFile.map(value));
                case "lists" -> lists(CaseFile.map(value));
                case "text" -> texts(CaseFile.map(value));
                case "nowhere" -> nowhere(CaseFile.list(value));
                case "within" -> {}
                default -> throw new AssertionError("a case cannot look at: " + one.getKey());
            }
        }
    }

    private boolean exists(Object file) {
        return Files.exists(file(file), LinkOption.NOFOLLOW_LINKS);
    }

    private static double seconds(Map<String, Object> expected) {
        return Double.parseDouble(String.valueOf(expected.getOrDefault("within", 20)));
    }

    private void eventually(Map<String, Object> parts, double seconds) {
        long start = System.nanoTime();
        parts.forEach((file, part) -> Until.holds(
                file + " contains " + part,
                () -> exists(file) && Files.readString(file(file)).contains(part.toString())));
        double took = (System.nanoTime() - start) / 1e9;
        assertTrue(took <= seconds, "it took " + took + " s and should have taken at most " + seconds);
    }

    private void modes(Map<String, Object> modes) throws IOException {
        for (Map.Entry<String, Object> one : modes.entrySet()) {
            String actual = PosixFilePermissions.toString(Files.getPosixFilePermissions(file(one.getKey())));
            assertEquals(one.getValue(), actual, one.getKey());
        }
    }

    /** The names in each folder, sorted, all of them. */
    private void lists(Map<String, Object> folders) throws IOException {
        for (Map.Entry<String, Object> one : folders.entrySet()) {
            try (Stream<Path> children = Files.list(file(one.getKey()))) {
                List<String> names = children.map(child -> child.getFileName().toString())
                        .sorted()
                        .toList();
                assertEquals(one.getValue(), names, one.getKey());
            }
        }
    }

    private void texts(Map<String, Object> texts) throws IOException {
        for (Map.Entry<String, Object> one : texts.entrySet()) {
            String actual = Files.readString(file(one.getKey()));
            assertTrue(Words.fits(one.getValue().toString(), actual), one.getKey() + " is " + actual);
        }
    }

    /** No file in the whole folder holds any of these texts. */
    private void nowhere(List<?> texts) throws IOException {
        for (Object text : texts) {
            assertEquals(
                    List.of(), FolderContent.filesThat(folder.get(), content -> content.contains(text.toString())));
        }
    }
}
