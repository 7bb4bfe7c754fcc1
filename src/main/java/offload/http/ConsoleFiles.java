package offload.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the console's files on the class path, in a jar or in a folder of classes. They do not change while a server runs. */
final class ConsoleFiles {
    private ConsoleFiles() {}

    /**
     * The names of all files below a folder of the class path.
     *
     * @param folder absolute, as {@code /console}
     * @return names relative to it, with {@code /}
     */
    static List<String> below(String folder) {
        URL place = Objects.requireNonNull(ConsoleFiles.class.getResource(folder), folder);
        try {
            return place.getProtocol().equals("jar") ? inJar(place.toURI(), folder) : inFolder(Path.of(place.toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class loader gave no URI for " + folder, e);
        }
    }

    private static List<String> inJar(URI place, String folder) throws IOException {
        URI jar = URI.create(place.toString().substring(0, place.toString().indexOf("!/") + 2));
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
            return inFolder(files.getPath(folder));
        }
    }

    private static List<String> inFolder(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
