package offload.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a call holds of its body. */
class CallBodyTest {
    @Test
    void it_is_let_go_of_once_and_its_length_stays_known() {
        AtomicInteger told = new AtomicInteger();
        CallBody body = new CallBody(new byte[] {1, 2, 3}, told::incrementAndGet);
        assertArrayEquals(new byte[] {1, 2, 3}, body.bytes());
        assertEquals(0, told.get());
        body.release();
        body.release();
        assertEquals(1, told.get());
        assertEquals(0, body.bytes().length);
        assertEquals(3, body.length());
    }
}
