package offload.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2a00:1450:4001::1",
                "2606:4700::1111",
                "2003::1"
            })
    void public_addresses_pass(String address) {
        assertNull(new AddressGuard(List.of()).refusal(InetAddress.ofLiteral(address)));
    }

    @Test
    void this_machines_own_addresses_are_refused() throws Exception {
        for (InetAddress own : Addresses.ofThisMachine()) {
            assertNotNull(new AddressGuard(List.of()).refusal(own), own.toString());
        }
    }

    @Test
    void a_translated_address_passes_only_if_the_operator_allows_it_and_what_is_inside() {
        AddressGuard guard = new AddressGuard(Cidr.list("64:ff9b::/96 2002::/16 2001::/32"));
        assertNull(guard.refusal(InetAddress.ofLiteral("64:ff9b::808:808")));
        assertNull(guard.refusal(InetAddress.ofLiteral("2002:808:808::1")));
        assertNull(guard.refusal(InetAddress.ofLiteral("2001:0:4136:e378:8000:63bf:f7f7:f7f7")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("64:ff9b::7f00:1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("2002:a00:1::1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("2001:0:4136:e378:8000:63bf:5601:5601")));
    }

    @Test
    void a_name_is_refused_if_any_of_its_addresses_is() throws Exception {
        assertEquals(2, resolve("", "8.8.8.8", "2001:4860:4860::8888").size());
        NoAddress refused = assertThrows(NoAddress.class, () -> resolve("", "8.8.8.8", "10.0.0.1"));
        assertEquals("hooks.example.com has an address that is not public", refused.getMessage());
        assertThrows(NoAddress.class, () -> resolve("", "8.8.8.8", "::1"));
        assertThrows(NoAddress.class, () -> resolve(""));
        assertEquals(2, resolve("10.0.0.0/8", "8.8.8.8", "10.0.0.1").size());
    }

    @Test
    void localhost_is_never_asked_for_and_only_as_much_of_it_as_is_allowed_is_called() throws Exception {
        AddressGuard guard = new AddressGuard(Cidr.list("127.0.0.0/8"), name -> {
            throw new AssertionError("asked for " + name);
        });
        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), guard.resolve(WebhookUrl.read("http://localhost/")));
    }

    @Test
    void the_systems_resolver_answers_or_fails_in_words() throws Exception {
        assertTrue(new SystemLookup().addressesOf("localhost").contains(InetAddress.ofLiteral("127.0.0.1")));
        // Not a name that goes out to real name servers, which may be slow, or have an answer for every name.
        assertThrows(NoAddress.class, () -> new SystemLookup().addressesOf("no-such-name.test"));
    }

    @Test
    void blocks_are_read_strictly_and_hold_what_their_bits_say() {
        Cidr block = Cidr.parse("10.128.0.0/9");
        assertTrue(block.contains(InetAddress.ofLiteral("10.128.0.1")));
        assertTrue(block.contains(InetAddress.ofLiteral("10.255.255.255")));
        assertTrue(!block.contains(InetAddress.ofLiteral("10.127.255.255")));
        assertTrue(!Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")));
        assertTrue(Cidr.parse("fd00::1").contains(InetAddress.ofLiteral("fd00::1")));
        assertEquals(List.of(), Cidr.list(" "));
        List<String> shortened = List.of("192.168/16", "172.16/12", "10/8", "10", "010.0.0.1");
        List<String> wrong =
                List.of("10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "hooks.example.com", "10.0.0.0/8/8", "::/129");
        for (String bad : Stream.concat(wrong.stream(), shortened.stream()).toList()) {
            String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Cidr.parse(bad))
                    .getMessage());
            assertTrue(message.contains(bad) && message.contains("10.0.0.0/8"), message);
        }
    }

    private static List<InetAddress> resolve(String allowed, String... answers) throws Exception {
        List<InetAddress> addresses =
                Stream.of(answers).map(InetAddress::ofLiteral).toList();
        return new AddressGuard(Cidr.list(allowed), name -> addresses)
                .resolve(WebhookUrl.read("http://hooks.example.com/"));
    }
}
