package offload.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The name service of the test JVM: names ending in {@code .test} are what tests have put in here, never a look-up; all others go
 * to the system. The JDK keeps answers for half a minute: use a name once. Any thread.
 */
public final class FakeNames extends InetAddressResolverProvider {
    private static final Map<String, List<InetAddress>> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> HANGING = new ConcurrentHashMap<>();

    /** Made by the JDK. */
    public FakeNames() {}

    /** Gives {@code name} these addresses (IP literals), in this order. */
    public static void put(String name, String... addresses) {
        KNOWN.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    /** Looking {@code name} up takes until {@code release} opens, and fails then. */
    public static void hang(String name, CountDownLatch release) {
        HANGING.put(name, release);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return host.endsWith(".test") ? find(host) : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    private static Stream<InetAddress> find(String host) throws UnknownHostException {
        CountDownLatch release = HANGING.get(host);
        boolean interrupted = false;
        while (release != null && release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // As the system's own look-up, which nothing interrupts.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<InetAddress> found = KNOWN.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found.stream();
    }

    @Override
    public String name() {
        return "names of the tests";
    }
}
