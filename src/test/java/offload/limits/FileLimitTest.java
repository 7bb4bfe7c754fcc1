package offload.limits;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import offload.disk.StorageErrors;
import org.junit.jupiter.api.Test;

class FileLimitTest {
    private static final long MIB = 1 << 20;

    @Test
    void a_log_may_grow_until_its_end_would_just_fit() {
        FileLimit limit = new FileLimit(4 * MIB);
        assertDoesNotThrow(() -> limit.requireRoomToEnd(4 * MIB - 65_536));
        IOException refused = assertThrows(IOException.class, () -> limit.requireRoomToEnd(4 * MIB - 65_535));
        assertTrue(StorageErrors.isFull(refused), refused.getMessage());
    }

    @Test
    void without_a_limit_everything_fits() {
        assertDoesNotThrow(() -> new FileLimit(Long.MAX_VALUE).requireRoomToEnd(Long.MAX_VALUE / 2));
        assertEquals(Optional.empty(), new FileLimit(Long.MAX_VALUE).shortage());
    }

    @Test
    void a_limit_that_is_of_no_use_is_told_with_what_to_do() {
        assertEquals(Optional.empty(), new FileLimit(2 * MIB).shortage());
        assertTrue(new FileLimit(2 * MIB - 1).shortage().orElseThrow().contains("raise LimitFSIZE, or ulimit -f"));
    }
}
