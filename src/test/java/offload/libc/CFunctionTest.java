package offload.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import offload.testing.LoggedLines;
import offload.testing.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The C library does what it is asked, whatever the types of its functions. */
@EnabledOnOs(OS.LINUX)
class CFunctionTest {
    private static final int SEEK_SET = 0;
    private static final int O_RDWR = 2;
    private static final int PROT_READ = 1;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    @Test
    void a_function_that_takes_nothing() {
        int pid = (int) CFunction.find("getpid").call();
        assertEquals(Math.toIntExact(ProcessHandle.current().pid()), pid);
    }

    @Test
    void a_function_that_takes_memory_and_returns_a_long() {
        try (Arena arena = Arena.ofConfined()) {
            assertEquals(
                    5, CFunction.find("strlen").call(arena.allocateFrom("tides").address()));
        }
    }

    @Test
    void a_negative_int_comes_and_goes_as_one() {
        assertEquals(7, (int) CFunction.find("abs").call(-7));
        assertEquals(-7, (int) CFunction.find("atoi").call(text("-7")));
    }

    @Test
    void what_comes_after_the_fixed_arguments_gets_there() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(64);
            CFunction.find("snprintf").call(text.address(), 64, text("%d, %ld and %x"), -1, 1L << 40, 255);
            assertEquals("-1, 1099511627776 and ff", text.getString(0));
        }
    }

    @Test
    void six_words_all_get_there() {
        CFunction map = CFunction.find("mmap");
        long memory = map.call(0, 4096, PROT_READ, MAP_PRIVATE_ANONYMOUS, -1, 0);
        assertTrue(memory > 0);
        assertTrue(CFunction.find("munmap").succeeds(memory, 4096));
        assertEquals(-1, map.call(0, 4096, PROT_READ, MAP_PRIVATE_ANONYMOUS, -1, 1), "no whole page");
    }

    @Test
    void a_system_call_that_fails_does_not_succeed() {
        CFunction open = CFunction.find("open");
        assertEquals(-1, (int) open.call(text("/nowhere/at/all"), O_RDWR));
        assertFalse(CFunction.find("close").succeeds(-1));
        assertEquals(-1, CFunction.find("lseek").call(-1, 0, SEEK_SET));
    }

    @Test
    void a_function_that_is_not_there_fails_like_a_system_call() {
        CFunction none = CFunction.find("offload_has_no_such_function");
        assertEquals(-1, none.call(1, 2));
        assertFalse(none.succeeds());
    }

    @Test
    void
            every_function_fails_like_a_system_call_where_the_jvm_was_started_without_leave_to_call_any_and_why_is_told_once() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        String forbidden = "--illegal-native-access=deny";
        assertTrue(Programs.runs(java, forbidden, "-cp", classes, WithoutLeave.class.getName()));
    }

    static final class WithoutLeave {
        public static void main(String[] none) {
            try (LoggedLines log = LoggedLines.of(CFunction.class)) {
                assertEquals(-1, CFunction.find("getpid").call());
                assertEquals(-1, CFunction.find("getuid").call());
                assertEquals(1, log.all().size());
                assertTrue(log.toString().contains("IllegalCallerException: Illegal native access"), log.toString());
            }
        }
    }

    private static long text(String text) {
        return Arena.global().allocateFrom(text).address();
    }
}
