package offload.keys;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import offload.keys.RateHeaders.Standing;

/**
 * Counts the requests of one key on one node. Between {@link #load} and {@link #save} it works in memory; the sum of the
 * other nodes is as old as the last {@link #load}. Any thread may call it; its lock is not held over I/O.
 */
final class KeyMeter {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String prefix;
    private final MinuteWindow window = new MinuteWindow();
    /** What this node's file held when it was first looked at. */
    private final Map<YearMonth, Long> base = new HashMap<>();

    /** What this process counted since. */
    private final Map<YearMonth, Long> own = new HashMap<>();

    private final Map<YearMonth, Long> others = new HashMap<>();
    private final Set<YearMonth> unsaved = new HashSet<>();

    KeyMeter(String prefix) {
        this.prefix = prefix;
    }

    /** Reads what this node counted before, if that is not known yet, and what the others have by now. */
    void load(UsageFolder usage, String node, Instant now) throws IOException {
        YearMonth month = monthOf(now);
        long elsewhere = usage.others(prefix, month, node);
        loadBase(usage, month, node);
        synchronized (this) {
            others.put(month, elsewhere);
        }
    }

    private void loadBase(UsageFolder usage, YearMonth month, String node) throws IOException {
        synchronized (this) {
            if (base.containsKey(month)) {
                return;
            }
        }
        long here = usage.read(prefix, month, node);
        synchronized (this) {
            base.putIfAbsent(month, here);
        }
    }

    /** Writes what was counted since the last time. What fails is tried again next time. */
    void save(UsageFolder usage, String node) throws IOException {
        for (YearMonth month : unsavedMonths()) {
            markSaved(month);
            try {
                loadBase(usage, month, node);
                usage.write(prefix, month, node, countedHere(month));
            } catch (IOException e) {
                markUnsaved(month);
                throw e;
            }
        }
    }

    /** Counts a request of {@code key}, if its limits allow it. */
    synchronized Admission admit(ServiceKey key, InstantSource clock) {
        // Looked at in turn: a time from before the wait for one's turn would be taken for a clock that was set back.
        Instant now = clock.instant();
        long millis = now.toEpochMilli();
        YearMonth month = monthOf(now);
        Integer rate = key.ratePerMinute();
        Long quota = key.quotaPerMonth();
        if (rate != null && window.used(millis) >= rate) {
            Duration wait = Duration.ofMillis(window.untilOldestLeaves(millis));
            return new Admission.OverRate(
                    key, headers(key, now).retryAfter(wait).asMap());
        }
        if (quota != null && usedIn(month) >= quota) {
            Duration wait = untilEndOf(month, now);
            return new Admission.OverQuota(
                    key, headers(key, now).retryAfter(wait).asMap());
        }
        count(month, 1);
        if (rate != null) {
            window.add(millis);
        }
        AtomicBoolean refunded = new AtomicBoolean();
        return new Admission.Admitted(key, headers(key, now).asMap(), () -> {
            if (refunded.compareAndSet(false, true)) {
                refund(month, millis);
            }
            return standing(key, clock.instant());
        });
    }

    private synchronized void refund(YearMonth month, long millis) {
        count(month, -1);
        window.remove(millis);
    }

    private void count(YearMonth month, int change) {
        own.merge(month, (long) change, Long::sum);
        unsaved.add(month);
    }

    private long usedIn(YearMonth month) {
        return countedHere(month) + others.getOrDefault(month, 0L);
    }

    private synchronized long countedHere(YearMonth month) {
        return base.getOrDefault(month, 0L) + own.getOrDefault(month, 0L);
    }

    private synchronized Map<String, String> standing(ServiceKey key, Instant now) {
        return headers(key, now).asMap();
    }

    private RateHeaders headers(ServiceKey key, Instant now) {
        RateHeaders headers = new RateHeaders();
        YearMonth month = monthOf(now);
        long millis = now.toEpochMilli();
        Long quota = key.quotaPerMonth();
        if (quota != null) {
            Duration whole = Duration.ofDays(month.lengthOfMonth());
            headers.quota(new Standing(quota, usedIn(month), whole, untilEndOf(month, now)));
        }
        Integer rate = key.ratePerMinute();
        if (rate != null) {
            Duration reset = Duration.ofMillis(window.untilOldestLeaves(millis));
            headers.rate(new Standing(rate, window.used(millis), MINUTE, reset));
        }
        return headers;
    }

    private synchronized Set<YearMonth> unsavedMonths() {
        return Set.copyOf(unsaved);
    }

    private synchronized void markSaved(YearMonth month) {
        unsaved.remove(month);
    }

    private synchronized void markUnsaved(YearMonth month) {
        unsaved.add(month);
    }

    private static YearMonth monthOf(Instant now) {
        return YearMonth.from(now.atZone(ZoneOffset.UTC));
    }

    private static Duration untilEndOf(YearMonth month, Instant now) {
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(now, end);
    }
}
