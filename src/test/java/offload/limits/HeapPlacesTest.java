package offload.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapPlacesTest {
    /** The least of what a collector calls the most of a gigabyte, without the part that it keeps empty. */
    private static final long GIGABYTE = 985L * 1024 * 1024;

    @Test
    void a_gigabyte_has_room_for_what_the_settings_allow_by_themselves() {
        assertEquals(10_000, HeapPlaces.atMost(10_000, GIGABYTE));
        assertEquals(20_000, HeapPlaces.atMost(20_000, GIGABYTE));
    }

    @Test
    void a_small_heap_has_room_for_fewer() {
        assertEquals(2_730, HeapPlaces.atMost(20_000, 128L << 20));
        assertEquals(100, HeapPlaces.atMost(100, 128L << 20));
    }

    @Test
    void a_large_one_has_no_more_than_is_wanted() {
        assertEquals(1_000, HeapPlaces.atMost(1_000, Long.MAX_VALUE));
    }
}
