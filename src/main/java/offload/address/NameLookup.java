package offload.address;

import java.net.InetAddress;
import java.util.List;

/** Asks for the addresses of a name. */
interface NameLookup {

    /**
     * All addresses of {@code name}, in the resolver's order.
     *
     * @throws NoAddress if there is none, or no answer in time
     */
    List<InetAddress> addressesOf(String name) throws NoAddress;
}
