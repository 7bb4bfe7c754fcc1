package offload.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import offload.sweep.Rounds;
import org.jspecify.annotations.Nullable;

/**
 * The service keys of a running server: who may come in, and how often. It makes none: what {@link KeyFolder} makes or
 * revokes, in whatever process, is seen within half a second; usage is written once a second, so that a crash loses at most
 * that much, and other nodes' usage is added as often. A quota is thus exact on one node and may be overrun on several by
 * what they admit within a second; a rate holds for each node on its own.
 *
 * <p>{@link #admit} works in memory and may be called by any thread. {@link #refresh} and {@link #flush} do I/O and wait
 * for each other.
 */
public final class ServiceKeys implements AutoCloseable {
    private final UsageFolder usage;
    private final String node;
    private final InstantSource clock;
    private final KeyWatch watch;
    private final Map<String, KeyMeter> meters = new ConcurrentHashMap<>();
    private @Nullable Rounds rounds;
    private volatile KeyWatch.Keys keys = new KeyWatch.Keys(Map.of(), false);

    /**
     * The keys in {@code keysFolder}, {@code data/.offload/keys}.
     *
     * @param node this process's name among those that share the folder, fit for a file name
     * @throws IOException if the keys that are there cannot be read: then nobody can be told from anybody
     */
    public ServiceKeys(Path keysFolder, String node, InstantSource clock) throws IOException {
        this.usage = new UsageFolder(keysFolder);
        this.node = node;
        this.clock = clock;
        this.watch = new KeyWatch(keysFolder);
        refresh();
    }

    /** Keeps up with other processes from now on. */
    public void start() {
        rounds = new Rounds("service-keys", 500, this::keepUp);
    }

    /** Whether there is or ever was a key; if not, everybody is let in. */
    public boolean anyKnown() {
        return keys.known();
    }

    /**
     * Judges a request by the key it presented, and counts it if it is admitted. Only the key's hash is looked up, so that
     * the time it takes says nothing about how much of a wrong key was right.
     *
     * @param presentedKey as it came; null or empty if none did
     */
    public Admission admit(@Nullable String presentedKey) {
        KeyWatch.Keys now = keys;
        if (!now.known()) {
            return new Admission.Open();
        }
        if (presentedKey == null || presentedKey.isEmpty()) {
            return new Admission.Missing();
        }
        byte[] digest = KeyText.digest(presentedKey);
        ServiceKey key = now.bySha256().get(HexFormat.of().formatHex(digest));
        if (key == null || !MessageDigest.isEqual(digest, HexFormat.of().parseHex(key.sha256()))) {
            return new Admission.Wrong();
        }
        return meterOf(key).admit(key, clock);
    }

    /** Looks for what other processes did. Cheap where nothing changed. */
    synchronized void refresh() throws IOException {
        KeyWatch.Keys next = watch.look();
        try {
            each(next.bySha256().values(), key -> {
                if (key.quotaPerMonth() != null) {
                    meterOf(key).load(usage, node, clock.instant());
                }
            });
        } finally {
            keys = next;
        }
    }

    /** Writes what was counted. */
    synchronized void flush() throws IOException {
        each(meters.values(), meter -> meter.save(usage, node));
    }

    private interface Work<T> {
        void on(T one) throws IOException;
    }

    /** One key's usage that cannot be read or written must not hold up what becomes of the others; it is told at the end. */
    private static <T> void each(Collection<T> all, Work<T> work) throws IOException {
        IOException failed = null;
        for (T one : all) {
            try {
                work.on(one);
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private KeyMeter meterOf(ServiceKey key) {
        return meters.computeIfAbsent(key.prefix(), KeyMeter::new);
    }

    /** One round: what is in the way of reading is not in the way of writing. */
    void keepUp() throws IOException {
        try {
            refresh();
        } finally {
            flush();
        }
    }

    /** Writes what was counted; call it when no request is admitted any more. */
    @Override
    public void close() throws IOException {
        if (rounds != null) {
            rounds.close();
        }
        flush();
    }
}
