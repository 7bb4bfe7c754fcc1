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
import org.junit.jupiter.params.provider.CsvSource;
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
                "2003::1",
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "2001:200::",
                "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db9::",
                "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "3fff:1000::"
            })
    void public_addresses_pass(String address) {
        assertNull(new AddressGuard(List.of()).refusal(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255",
        "10.0.0.0, 10.255.255.255",
        "100.64.0.0, 100.127.255.255",
        "127.0.0.0, 127.255.255.255",
        "169.254.0.0, 169.254.255.255",
        "172.16.0.0, 172.31.255.255",
        "192.0.0.0, 192.0.0.255",
        "192.0.2.0, 192.0.2.255",
        "192.88.99.0, 192.88.99.255",
        "192.168.0.0, 192.168.255.255",
        "198.18.0.0, 198.19.255.255",
        "198.51.100.0, 198.51.100.255",
        "203.0.113.0, 203.0.113.255",
        "224.0.0.0, 255.255.255.255",
        "::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void a_network_that_is_not_public_is_refused_from_its_first_address_to_its_last(String first, String last) {
        AddressGuard guard = new AddressGuard(List.of());
        assertNotNull(guard.refusal(InetAddress.ofLiteral(first)));
        assertNotNull(guard.refusal(InetAddress.ofLiteral(last)));
    }

    @Test
    void this_machines_own_addresses_are_refused() throws Exception {
        for (InetAddress own : Addresses.ofThisMachine()) {
            assertNotNull(new AddressGuard(List.of()).refusal(own), own.toString());
        }
    }

    @Test
    void a_translated_address_passes_only_if_the_operator_allows_it_and_what_is_inside() {
        AddressGuard guard = new AddressGuard(Cidr.list("64:ff9b::/96,64:ff9b:1::/48\n2002::/16\t2001::/32 , ::/96"));
        assertNull(guard.refusal(InetAddress.ofLiteral("64:ff9b::808:808")));
        assertNull(guard.refusal(InetAddress.ofLiteral("2002:808:808::1")));
        assertNull(guard.refusal(InetAddress.ofLiteral("2001:0:4136:e378:8000:63bf:f7f7:f7f7")));
        assertNull(guard.refusal(InetAddress.ofLiteral("64:ff9b:1::808:808")));
        assertNull(guard.refusal(InetAddress.ofLiteral("::808:808")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("64:ff9b::7f00:1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("64:ff9b:1::7f00:1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("::7f00:1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("2002:a00:1::1")));
        assertNotNull(guard.refusal(InetAddress.ofLiteral("2002:a00:808:808::1")));
        assertNull(guard.refusal(InetAddress.ofLiteral("2002:808:a00:1::1")));
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
    void localhost_and_addresses_are_never_asked_for_and_only_as_much_of_it_as_is_allowed_is_called() throws Exception {
        AddressGuard guard = new AddressGuard(Cidr.list("127.0.0.0/8"), name -> {
            throw new AssertionError("asked for " + name);
        });
        WebhookUrl url = WebhookUrl.parse("http://localhost/", guard);
        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), guard.resolve(url));
        WebhookUrl address = WebhookUrl.parse("http://127.0.0.2/", guard);
        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.2")), guard.resolve(address));
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
        assertTrue(Cidr.parse("fd00:0:0:0:0:0:0:1").contains(InetAddress.ofLiteral("fd00::1")));
        assertEquals(List.of(), Cidr.list(" "));
        List<String> shortened = List.of("192.168/16", "172.16/12", "10/8", "10", "010.0.0.1", "10.010.0.1");
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
