package offload.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;

/**
 * The files of the checkout that these tests run in, without what is built, downloaded, copied from
 * others' libraries or written by a server.
 */
final class Checkout {
    private static final Set<Path> NOT_OURS = Set.of(
            Path.of(".git"),
            Path.of("target"),
            Path.of("data"),
            Path.of("node_modules"),
            Path.of(".idea"),
            Path.of(".vscode"),
            Path.of("src/main/resources/vendored"),
            Path.of("src/test/resources/offload/fuzz"));

    static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
    static final List<Source> MAIN = parse(Path.of("src/main/java"));
    static final List<Source> TESTS = parse(Path.of("src/test/java"));

    private Checkout() {}

    /** Every file, as a path relative to the root. */
    static List<Path> files() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(ROOT.relativize(folder))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(ROOT.relativize(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    /** The text of a file, or what of it is text. */
    static String read(Path relative) {
        try {
            return new String(Files.readAllBytes(ROOT.resolve(relative)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Source> parse(Path folder) {
        List<Path> paths = files().stream()
                .filter(path -> path.startsWith(folder) && path.toString().endsWith(".java"))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var units = manager.getJavaFileObjectsFromPaths(
                paths.stream().map(ROOT::resolve).toList());
        var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
        DocTrees trees = DocTrees.instance(task);
        try {
            List<Source> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path path = ROOT.relativize(Path.of(unit.getSourceFile().toUri()));
                sources.add(
                        new Source(path, unit, trees, (int) read(path).lines().count()));
            }
            return List.copyOf(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
