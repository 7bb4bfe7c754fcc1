package offload.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One Java file of the checkout, parsed by the JDK's own compiler. */
record Source(Path path, CompilationUnitTree unit, DocTrees trees, int lines) {

    /** The package, for example {@code offload.upstream.openai}. */
    String packageName() {
        return Objects.requireNonNull(unit.getPackageName(), "every file has a package")
                .toString();
    }

    /** The room: the package's first name below {@code offload}; empty for the root. */
    String room() {
        return Floors.roomOf(packageName());
    }

    boolean isPackageInfo() {
        return path.endsWith("package-info.java");
    }

    /** Every tree of {@code kind} in the file, in its order. */
    <T extends Tree> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
                if (kind.isInstance(tree)) {
                    found.add(kind.cast(tree));
                }
                return super.scan(tree, null);
            }
        }.scan(unit, null);
        return found;
    }

    /** How many lines {@code tree} takes. */
    int linesOf(Tree tree) {
        return (int) (lastLineOf(tree) - firstLineOf(tree) + 1);
    }

    /** How many lines {@code method} takes, braces included. A table of cases in an annotation is no code. */
    int linesWithoutAnnotations(MethodTree method) {
        Tree start = Objects.requireNonNullElse(method.getReturnType(), method.getBody());
        return (int) (lastLineOf(method) - firstLineOf(start) + 1);
    }

    /** Whether a documentation comment stands before {@code tree}. */
    boolean isDocumented(Tree tree) {
        return trees.getDocCommentTree(TreePath.getPath(unit, tree)) != null;
    }

    /** Where {@code tree} stands, for people: path and line. */
    String placeOf(Tree tree) {
        return path + ":" + firstLineOf(tree);
    }

    private long firstLineOf(Tree tree) {
        return lineOf(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    private long lastLineOf(Tree tree) {
        return lineOf(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    private long lineOf(long position) {
        return unit.getLineMap().getLineNumber(position);
    }
}
