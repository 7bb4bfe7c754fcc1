package offload.upstream.openai.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import offload.sweep.Handover;

/**
 * Looks names up on platform threads. The JDK's look-up can neither be interrupted nor does it let go of a virtual thread's
 * carrier: on the caller's thread, two dead name servers would stop a machine of two cores.
 */
final class Resolver implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final ThreadPoolExecutor threads;

    Resolver() {
        threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            return Thread.ofPlatform().name("resolver").daemon().unstarted(work);
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * All addresses of {@code host} in the system's order; fails with an {@link UnknownHostException}. Who waits no longer
     * completes or cancels it himself.
     */
    CompletableFuture<InetAddress[]> addresses(String host) {
        try {
            return CompletableFuture.completedFuture(new InetAddress[] {InetAddress.ofLiteral(host)});
        } catch (IllegalArgumentException e) {
            CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
            Handover.execute(threads, () -> lookUp(host, found));
            return found;
        }
    }

    private static void lookUp(String host, CompletableFuture<InetAddress[]> found) {
        if (found.isDone()) {
            return;
        }
        try {
            found.complete(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
