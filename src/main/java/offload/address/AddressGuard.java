package offload.address;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps webhooks away from every address that is not public (server-side request forgery, CWE-918): special-purpose
 * networks, addresses that a translator would turn into such ones, and this machine's own, unless the operator allowed
 * them. A literal address is judged when the URL is submitted; a name only by the addresses it has at the moment of
 * each call, and the call goes to one of those very addresses.
 *
 * <p>Any thread may call it. Looking up a name blocks for at most the lookup's own time limit.
 */
public final class AddressGuard {
    private static final Logger LOG = System.getLogger(AddressGuard.class.getName());
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final List<Cidr> allowed;
    private final NameLookup lookup;

    /** A guard that lets through public addresses and those in {@code allowed}. */
    public AddressGuard(List<Cidr> allowed) {
        this(allowed, new SystemLookup());
    }

    AddressGuard(List<Cidr> allowed, NameLookup lookup) {
        this.allowed = List.copyOf(allowed);
        this.lookup = lookup;
    }

    /** Why {@code address} must not be called, as in "a private address", or null if it may be. */
    public @Nullable String refusal(InetAddress address) {
        InetAddress plain = Addresses.of(address.getAddress());
        InetAddress embedded = SpecialNetworks.embeddedIn(plain);
        if (embedded != null) {
            String inner = refusal(embedded);
            if (inner != null) {
                return inner + " in translation";
            }
        }
        return allowed.stream().anyMatch(block -> block.contains(plain)) ? null : unlessAllowed(plain);
    }

    private static @Nullable String unlessAllowed(InetAddress address) {
        String special = SpecialNetworks.nameOf(address);
        if (special != null) {
            return special;
        }
        try {
            return Addresses.ofThisMachine().contains(address) ? "an address of this machine" : null;
        } catch (SocketException e) {
            return "not to be told from this machine's own addresses now";
        }
    }

    /** Refuses a literal address, or {@code localhost}, at once. Names pass: they are judged when they are called. */
    void check(WebhookHost host) throws BadWebhookUrl {
        InetAddress literal = host.literal();
        String refusal = null;
        if (literal != null) {
            refusal = refusal(literal);
        } else if (host.isLocalhost() && LOOPBACK.stream().allMatch(address -> refusal(address) != null)) {
            refusal = "a loopback address";
        }
        if (refusal != null) {
            throw new BadWebhookUrl("`webhook_url` points to " + host.name() + ", which is " + refusal
                    + "; use a public address, or have the operator allow this one in webhook.allow.");
        }
    }

    /**
     * The addresses of the URL's host as of now, at least one, each of which may be called. Blocks while a name is looked up.
     *
     * @throws NoAddress if there is none, or if any of them is refused
     */
    public List<InetAddress> resolve(WebhookUrl url) throws NoAddress {
        WebhookHost host = url.host();
        if (host.isLocalhost()) {
            return checked(
                    host,
                    LOOPBACK.stream()
                            .filter(address -> refusal(address) == null)
                            .toList());
        }
        InetAddress literal = host.literal();
        return checked(host, literal != null ? List.of(literal) : lookup.addressesOf(host.name()));
    }

    private List<InetAddress> checked(WebhookHost host, List<InetAddress> answers) throws NoAddress {
        List<InetAddress> good = new ArrayList<>();
        for (InetAddress answer : answers) {
            String refusal = refusal(answer);
            if (refusal != null) {
                // The caller may read the record of tries: what an inner name resolves to is not told there.
                LOG.log(Level.INFO, "{0} is not called: {1} is {2}", host.name(), answer.getHostAddress(), refusal);
                throw new NoAddress(host.name() + " has an address that is not public");
            }
            good.add(answer);
        }
        if (good.isEmpty()) {
            throw new NoAddress(host.name() + " has no address that may be called");
        }
        return good;
    }
}
