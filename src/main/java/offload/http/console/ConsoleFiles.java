package offload.http.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
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
            return place.openConnection() instanceof JarURLConnection jar
                    ? inJar(jar, folder.substring(1) + '/')
                    : inFolder(Path.of(place.toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class loader gave no URI for " + folder, e);
        }
    }

    private static List<String> inJar(JarURLConnection place, String folder) throws IOException {
        place.setUseCaches(false);
        try (JarFile jar = place.getJarFile()) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
                    .map(entry -> entry.getName().substring(folder.length()))
                    .sorted()
                    .toList();
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
