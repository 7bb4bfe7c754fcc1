package offload.libc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SystemWordsTest {
    private static final int ENOSPC = 28;
    private static final int ESTALE = 116;
    private static final String IN_NO_LANGUAGE = "what no system says";

    @Test
    void what_the_system_says_of_a_full_device_is_known_in_whatever_language_it_speaks() {
        SystemWords full = SystemWords.of(ENOSPC, IN_NO_LANGUAGE);
        assertTrue(full.areIn(assertThrows(IOException.class, SystemWordsTest::writeToStream)));
        assertTrue(full.areIn(assertThrows(IOException.class, SystemWordsTest::writeToChannel)));
    }

    @Test
    void another_error_is_not_taken_for_it() {
        SystemWords stale = SystemWords.of(ESTALE, IN_NO_LANGUAGE);
        assertFalse(stale.areIn(assertThrows(IOException.class, SystemWordsTest::writeToStream)));
        assertFalse(stale.areIn(new IOException()));
    }

    @Test
    void the_english_words_are_known_too() {
        assertTrue(SystemWords.of(ENOSPC, "No space left").areIn(new IOException("No space left for anything new")));
    }

    private static void writeToStream() throws IOException {
        try (FileOutputStream out = new FileOutputStream("/dev/full")) {
            out.write(1);
        }
    }

    private static void writeToChannel() throws IOException {
        try (FileChannel out = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.allocate(1));
        }
    }
}
