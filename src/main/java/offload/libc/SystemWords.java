package offload.libc;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells errors of the system apart by its words, since the JDK has no types for them and says no numbers. These words are in
 * the language of the process ({@code LC_MESSAGES}), so the C library is asked for its own. Any thread.
 */
public final class SystemWords {
    private static final long LONGEST = 1024;

    private final List<String> words;

    private SystemWords(List<String> words) {
        this.words = words;
    }

    /**
     * The words for one error.
     *
     * @param errno its number on Linux
     * @param english its words where no language was chosen, and those of this server
     */
    public static SystemWords of(int errno, String english) {
        List<String> words = new ArrayList<>(List.of(english));
        String own = own(errno);
        if (own != null) {
            words.add(own);
        }
        return new SystemWords(List.copyOf(words));
    }

    /** Whether {@code e} says them. */
    public boolean areIn(IOException e) {
        String text = String.valueOf(e.getMessage());
        return words.stream().anyMatch(text::contains);
    }

    @SuppressWarnings("restricted") // config/jvm.options enables native access.
    private static @Nullable String own(int errno) {
        try {
            long address = CFunction.find("strerror").call(errno);
            if (address == 0 || address == -1) {
                return null;
            }
            String said = MemorySegment.ofAddress(address)
                    .reinterpret(LONGEST)
                    .getString(0, Charset.forName(System.getProperty("native.encoding")));
            return said.isBlank() ? null : said;
        } catch (RuntimeException e) {
            // The JDK cannot read it: the English words are all there is then.
            return null;
        }
    }
}
