package offload.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a case remembers of earlier answers, and the words that stand for it. One thread at a time. */
final class Variables {
    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}]+)}");

    private final Map<String, String> values = new HashMap<>();
    private final Supplier<Path> folder;

    /** Variables whose files are looked up in {@code folder}. */
    Variables(Supplier<Path> folder) {
        this.folder = folder;
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    void remove(String name) {
        values.remove(name);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Fills every string of a tree. */
    @Nullable
    Object fillAll(@Nullable Object tree) {
        return CaseFile.mapStrings(tree, this::fill);
    }

    /** Fills what stands in <code>${...}</code>, the inner before the outer. */
    String fill(String text) {
        String filled = text;
        for (Matcher found = INNERMOST.matcher(filled); found.find(); found = INNERMOST.matcher(filled)) {
            filled = filled.substring(0, found.start()) + value(found.group(1)) + filled.substring(found.end());
        }
        return filled;
    }

    private String value(String expression) {
        if (expression.startsWith("repeat:")) {
            int colon = expression.lastIndexOf(':');
            String piece = expression.substring("repeat:".length(), colon);
            return piece.repeat(Integer.parseInt(expression.substring(colon + 1)));
        }
        if (expression.startsWith("size of ")) {
            return String.valueOf(bytes(expression.substring("size of ".length())).length);
        }
        if (expression.startsWith("sha256 of ")) {
            return sha256(bytes(expression.substring("sha256 of ".length())));
        }
        String value = values.get(expression);
        if (value == null) {
            throw new AssertionError("nothing so far has given a value to ${" + expression + "}");
        }
        return value;
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.get().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
