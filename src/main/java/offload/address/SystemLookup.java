package offload.address;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system's resolver with a time limit. The lookup runs on a platform thread of its own, because it is native code
 * that neither an interrupt nor a virtual thread's carrier can be spared for.
 */
final class SystemLookup implements NameLookup {
    private static final long LIMIT_SECONDS = 5;

    @Override
    public List<InetAddress> addressesOf(String name) throws NoAddress {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> List.of(InetAddress.getAllByName(name)));
        Thread.ofPlatform().name("webhook-lookup").daemon().start(task);
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new NoAddress("the name " + name + " is unknown");
        } catch (TimeoutException e) {
            throw new NoAddress("the name " + name + " was not resolved within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAddress("interrupted");
        }
    }
}
