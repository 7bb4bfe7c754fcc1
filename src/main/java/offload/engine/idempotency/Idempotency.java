package offload.engine.idempotency;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.WholeFile;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnTokens;
import org.jspecify.annotations.Nullable;

/**
 * Lets a submission be repeated: the first one with an {@code Idempotency-Key} claims a file, does the work and leaves
 * there what it answered; the others wait for that. On all nodes of the data folder, and across restarts, for 24 hours
 * to the moment, whenever old files are removed. Names and contents are keyed fingerprints: neither
 * keys nor bodies nor tokens are stored. Any thread.
 */
public final class Idempotency {
    private static final Logger LOG = System.getLogger(Idempotency.class.getName());
    private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(24);
    /** Ends the name of a claim on the removal of an old answer. */
    private static final String OLD = "-old";

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(35);

    private final Path folder;
    private final NodeFolder node;
    private final KeyClaims claims;
    private final TurnTokens tokens;
    private final boolean sync;
    /** Answers that could not be kept, by the names of their files. */
    private final Map<String, Unkept> unkept = new ConcurrentHashMap<>();

    /** {@code sync} says whether answers are forced to the device before they are given. */
    public Idempotency(DataFolder data, NodeFolder node, TurnTokens tokens, boolean sync) throws IOException {
        this.folder = data.idempotency();
        this.node = node;
        this.claims = new KeyClaims(folder, node);
        this.tokens = tokens;
        this.sync = sync;
        Files.createDirectories(folder);
    }

    /** Does the work of a first submission and tells where its turn is. */
    public interface First {
        /**
         * Tells {@code keep} the members of what {@link #once} is to answer, now and at every repetition: when all that they
         * name is on disk, and before anything is done that must not be done twice. Where this fails after that, nothing was.
         */
        void run(Keep keep) throws IOException;
    }

    /** Keeps what a first submission is answered. */
    public interface Keep {
        /** Fails where another server may take the key meanwhile. */
        void answer(JsonObject answer) throws IOException;
    }

    /**
     * Runs {@code first} unless a submission with the same {@code key} from the same {@code owner} did so before; answers
     * what that one answered.
     *
     * @param owner who submits; what is empty is everybody. It may be a secret: only its fingerprint stays
     * @param body the request's body, with everything else that must be the same
     */
    public JsonObject once(String owner, String key, String body, First first) throws IOException {
        String name = tokens.fingerprint("idempotency", owner + '\n' + key);
        String fingerprint = tokens.fingerprint("body", body);
        Path file = folder.resolve(name);
        long pause = SHORTEST_NANOS;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            if (isOld(file)) {
                unkept.remove(name);
                removeOld(name);
            } else {
                JsonObject answer = firstOrKnown(name, fingerprint, first);
                if (answer != null) {
                    return answer;
                }
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_NANOS, pause * 3 / 2);
        }
        throw new ApiException(
                        ApiError.IDEMPOTENCY_IN_PROGRESS,
                        "The first submission with this Idempotency-Key is still being accepted: try again in a moment.",
                        "Idempotency-Key")
                .with("Retry-After", "5");
    }

    /** What the first one is answered, or was; null where that is still to come. */
    private @Nullable JsonObject firstOrKnown(String name, String fingerprint, First first) throws IOException {
        Unkept here = unkept.get(name);
        if (here != null) {
            return here.kept().to(fingerprint);
        }
        byte[] known = WholeFile.read(folder.resolve(name));
        if (known != null) {
            return KeptAnswer.parse(known, fingerprint).to(fingerprint);
        }
        Path claim = claims.take(name, fingerprint);
        return claim == null ? null : runFirst(claim, name, fingerprint, first);
    }

    private JsonObject runFirst(Path claim, String name, String fingerprint, First first) throws IOException {
        AtomicReference<@Nullable JsonObject> told = new AtomicReference<>();
        try {
            first.run(answer -> {
                keepOrRemember(name, new Unkept(claim, new KeptAnswer(fingerprint, answer)));
                told.set(answer);
            });
        } catch (IOException | RuntimeException | Error e) {
            unkept.remove(name);
            if (told.get() != null) {
                discard(name, e);
            }
            claims.giveUp(claim, folder.resolve(name));
            throw e;
        }
        return Objects.requireNonNull(told.get());
    }

    private void keepOrRemember(String name, Unkept here) throws IOException {
        try {
            keep(name, here);
        } catch (IOException | Error e) {
            // Who took this server for dead has released the claim: a repetition may be another turn's by now.
            if (!node.isOurs()) {
                throw e;
            }
            // The turn can run: its caller gets its URLs, as does who asks again here. Other servers find the claim.
            LOG.log(Level.ERROR, "an answer to be repeated was not kept, for now: " + e);
            unkept.put(name, here);
        }
    }

    /** The turn of an answer was given up before it began. */
    private void discard(String name, Throwable cause) {
        try {
            node.discard(folder.resolve(name));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Keeps and gives up what could not be kept or given up before, if that can be done by now. */
    public void catchUp() {
        claims.catchUp();
        // Each within the map: who gives up a turn meanwhile takes its answer away after it is kept, not before.
        unkept.keySet().forEach(name -> unkept.computeIfPresent(name, this::keepLate));
    }

    /** Null once it is kept. */
    private @Nullable Unkept keepLate(String name, Unkept late) {
        try {
            keep(name, late);
            return null;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an answer to be repeated is still not kept: " + e);
            return late;
        }
    }

    private void keep(String name, Unkept here) throws IOException {
        Path file = folder.resolve(name);
        WholeFile.replace(node.draft(), file, here.kept().toSource(), sync ? node.device() : null);
        if (sync) {
            Folders.syncName(file);
        }
        Files.deleteIfExists(here.claim());
    }

    /** Takes the claim of a dead node away, if it was never answered. For who owns that node's folder. */
    public static void release(DataFolder data, Path claim) throws IOException {
        KeyClaims.release(data, claim);
    }

    /** Removes what is too old to count. */
    public void round() throws IOException {
        for (Path file : Folders.list(folder)) {
            String name = String.valueOf(file.getFileName());
            if (!name.endsWith(OLD) && isOld(file)) {
                removeOld(name);
            }
        }
    }

    /** With a claim on the removal: who found the file old and was slow must not remove what has taken its place. */
    private void removeOld(String name) throws IOException {
        Path claim = claims.take(name + OLD, "");
        if (claim == null) {
            return;
        }
        try {
            Path file = folder.resolve(name);
            if (isOld(file)) {
                Files.deleteIfExists(file);
            }
        } finally {
            claims.giveUp(claim, folder.resolve(name + OLD));
        }
    }

    private static boolean isOld(Path file) {
        // 0 without a file, and without an exception, which would be the usual case.
        long modified = file.toFile().lastModified();
        return modified != 0 && System.currentTimeMillis() - modified > KEPT_MILLIS;
    }

    /** An answer that is not in its file yet, whose claim stays until it is. */
    private record Unkept(Path claim, KeptAnswer kept) {}
}
