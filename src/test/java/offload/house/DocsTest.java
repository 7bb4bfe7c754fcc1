package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** What the documents point at is there, every public type says what it promises, and no file names one machine. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *#*$");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern PACKAGE = Pattern.compile("\"([\\w@/.-]+)\": \"\\d+\\.\\d+\\.\\d+\"");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}/*-])/(work|root|home/[a-z]\\w*)(?=[/\\s\"'`),;]|$)");
    /** Composed here, so that this file does not name them either. */
    private static final Pattern REGISTRY = Pattern.compile(String.join(
            "|",
            "repo1?\\.maven\\.",
            "registry\\.npm",
            "registry\\.yarn",
            "pypi\\.org",
            "deb\\.debian",
            "central\\.sonatype"));

    @Test
    void every_link_in_the_documents_leads_to_a_file_and_a_heading() {
        List<String> faults = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(FENCE.matcher(Checkout.read(document)).replaceAll(""));
            while (link.find()) {
                if (isRelative(link.group(1)) && !resolves(document, link.group(1))) {
                    faults.add(document + " links to " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void no_file_holds_the_path_of_a_machine() {
        assertEquals(List.of(), filesWith(MACHINE_PATH));
    }

    @Test
    void no_file_names_the_host_of_a_package_registry() {
        assertEquals(List.of(), filesWith(REGISTRY));
    }

    @Test
    void every_public_type_and_every_package_is_documented() {
        List<String> faults = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            if (source.isPackageInfo() && !source.isDocumented(source.unit().getPackage())) {
                faults.add(source.path().toString());
            }
            for (Tree type : source.unit().getTypeDecls()) {
                if (isPublic(type) && !source.isDocumented(type)) {
                    faults.add(source.placeOf(type));
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            Path marker = source.path().resolveSibling("package-info.java");
            if (!Files.exists(Checkout.ROOT.resolve(marker))
                    || !Checkout.read(marker).contains("@NullMarked")) {
                unmarked.add(source.packageName());
            }
        }
        assertEquals(List.of(), unmarked.stream().distinct().toList());
    }

    @Test
    void every_dependency_and_plugin_has_its_line() {
        String lines = Checkout.read(Path.of("src/docs/dependencies.md"));
        List<String> missing = Stream.concat(
                        named(ARTIFACT, "pom.xml").filter(name -> !name.equals("offload") && !name.endsWith("-bom")),
                        named(PACKAGE, "package.json"))
                .filter(name -> !lines.contains("`" + name + "`"))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static Stream<String> named(Pattern pattern, String fileName) {
        return Checkout.files().stream()
                .filter(path -> path.endsWith(fileName))
                .flatMap(path -> pattern.matcher(Checkout.read(path)).results().map(found -> found.group(1)));
    }

    private static List<Path> documents() {
        return Checkout.files().stream()
                .filter(path -> path.toString().endsWith(".md"))
                .toList();
    }

    private static boolean isRelative(String target) {
        return !target.matches("[a-z]+:.*") && !target.startsWith("//");
    }

    private static boolean resolves(Path document, String target) {
        URI link = URI.create(target);
        String path = link.getPath();
        Path file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        if (path.startsWith("/") || !Files.exists(Checkout.ROOT.resolve(file))) {
            return false;
        }
        return link.getFragment() == null
                || !file.toString().endsWith(".md")
                || anchors(file).contains(link.getFragment());
    }

    /** The anchors that a forge makes of headings: lower case, no punctuation, hyphens for spaces. */
    private static List<String> anchors(Path document) {
        return HEADING.matcher(FENCE.matcher(Checkout.read(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> filesWith(Pattern pattern) {
        List<String> faults = new ArrayList<>();
        for (Path path : Checkout.files()) {
            Matcher found = pattern.matcher(Checkout.read(path));
            if (found.find()) {
                faults.add(path + " holds " + found.group());
            }
        }
        return faults;
    }

    private static boolean isPublic(Tree type) {
        return type instanceof ClassTree declared
                && declared.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }
}
