package offload.http.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTimeTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "2.5, 2500", "60, 60000", "60.5, 60000", "61, 60000", "1000000, 60000"})
    void what_is_more_than_a_minute_counts_as_one(String asked, long millis) {
        assertEquals(millis, WaitTime.millis(asking(asked)));
    }

    /** Nothing of it is asked for here but its query. */
    private static ServerRequest asking(String wait) {
        UriQuery query = UriQuery.create("wait=" + wait);
        return (ServerRequest) Proxy.newProxyInstance(
                WaitTimeTest.class.getClassLoader(), new Class<?>[] {ServerRequest.class}, (_, _, _) -> query);
    }
}
