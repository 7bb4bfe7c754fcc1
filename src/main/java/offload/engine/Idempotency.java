package offload.engine;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.files.DataFolder;
import offload.files.Folders;
import offload.files.NodeFolder;
import offload.files.StatusFile;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonWriter;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnTokens;
import org.jspecify.annotations.Nullable;

/**
 * Lets a submission be repeated: the first one with an {@code Idempotency-Key} claims a file, does the work and leaves
 * there what it answered; the others wait for that. On all nodes of the data folder, and across restarts, for 24 hours.
 * Names and contents are keyed fingerprints: neither keys nor bodies nor tokens are stored. Any thread.
 */
public final class Idempotency {
    private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(24);
    private static final long CLAIM_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(35);

    private final Path folder;
    private final NodeFolder node;
    private final TurnTokens tokens;

    Idempotency(DataFolder data, NodeFolder node, TurnTokens tokens) throws IOException {
        this.folder = data.idempotency();
        this.node = node;
        this.tokens = tokens;
        Files.createDirectories(folder);
    }

    /** Does the work of a first submission and tells where its turn is. */
    public interface First {
        /** The members of what {@link #once} is to answer, now and at every repetition. */
        JsonObject run() throws IOException;
    }

    /**
     * Runs {@code first} unless a submission with the same {@code key} from the same {@code owner} did so before; answers
     * what that one answered.
     *
     * @param body the request's body, with everything else that must be the same
     */
    public JsonObject once(String owner, String key, String body, First first) throws IOException {
        Path file = folder.resolve(tokens.fingerprint("idempotency", owner + '\n' + key));
        String fingerprint = tokens.fingerprint("body", body);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            JsonObject known = read(file);
            if (known != null && known.containsKey("answer")) {
                check(known, fingerprint);
                return known.getJsonObject("answer");
            }
            if (known == null && claim(file, fingerprint)) {
                return runFirst(file, fingerprint, first);
            }
            if (known != null) {
                check(known, fingerprint);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new ApiException(
                        ApiError.IDEMPOTENCY_IN_PROGRESS,
                        "The first submission with this Idempotency-Key is still being accepted: try again in a moment.",
                        "Idempotency-Key")
                .with("Retry-After", "5");
    }

    private static void check(JsonObject known, String fingerprint) {
        if (!fingerprint.equals(known.getString("body", ""))) {
            throw new ApiException(
                    ApiError.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used with another body: send the same body, or a new key.",
                    "Idempotency-Key");
        }
    }

    private JsonObject runFirst(Path file, String fingerprint, First first) throws IOException {
        try {
            JsonObject answer = first.run();
            JsonWriter out = new JsonWriter().beginObject().name("body").value(fingerprint);
            out.name("answer").value(answer).endObject();
            StatusFile.replace(node.draft(), file, out.toBytes(), false);
            return answer;
        } catch (IOException | RuntimeException e) {
            // What failed may be tried again.
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static boolean claim(Path file, String fingerprint) throws IOException {
        JsonWriter out =
                new JsonWriter().beginObject().name("body").value(fingerprint).endObject();
        try {
            Files.write(file, out.toBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static @Nullable JsonObject read(Path file) throws IOException {
        try {
            byte[] content = StatusFile.read(file);
            if (content == null) {
                return null;
            }
            JsonObject known = content.length == 0 ? JsonObject.EMPTY_JSON_OBJECT : Json.object(content);
            boolean answered = known.containsKey("answer");
            if (age(file) > (answered ? KEPT_MILLIS : CLAIM_MILLIS)) {
                // Too old to count, or claimed by a server that died before it answered.
                Files.deleteIfExists(file);
                return null;
            }
            return known;
        } catch (JsonFault | NoSuchFileException e) {
            return null;
        }
    }

    private static long age(Path file) throws IOException {
        return System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    }

    /** Removes what is too old to count. */
    void round() throws IOException {
        for (Path file : Folders.list(folder)) {
            if (age(file) > KEPT_MILLIS) {
                Files.deleteIfExists(file);
            }
        }
    }
}
