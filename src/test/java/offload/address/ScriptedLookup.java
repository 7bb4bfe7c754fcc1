package offload.address;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

/** A resolver that says what a test wants, for tests of other rooms. */
public final class ScriptedLookup {

    private ScriptedLookup() {}

    /** A guard that asks {@code answers} in place of the system's resolver, each time anew. */
    public static AddressGuard guard(String allowed, Supplier<List<InetAddress>> answers) {
        return new AddressGuard(Cidr.list(allowed), name -> answers.get());
    }
}
