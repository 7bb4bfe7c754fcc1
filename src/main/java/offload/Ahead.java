package offload;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.util.Locale;

/** What is done before the libraries would do it, later and for longer. On the process' first thread. */
final class Ahead {
    private Ahead() {}

    /**
     * The same answers and lines in the language of any machine. To be called first: Helidon knows the names of fields in the
     * small letters of the process' language, and in Turkish those of {@code If-Match} begin with a letter that is none of ASCII's.
     */
    static void speakNoLanguage() {
        Locale.setDefault(Locale.ROOT);
    }

    /**
     * Nothing for Helidon to find by looking through all jars, which takes a tenth of the start: services, features, types of
     * files and filters, of which this server uses none.
     */
    static void discoverNothing() {
        System.setProperty("io.helidon.metadata.mode", "none");
    }

    /**
     * Begins what a decimal number needs, some 15 ms of large powers, while the settings are read: the web server parses
     * one for the size of its buffers.
     */
    static void decimals() {
        try {
            Thread.ofPlatform().name("decimals").daemon().start(Ahead::initialiseDecimals);
        } catch (OutOfMemoryError e) {
            // The system gives no thread: others will say so.
        }
    }

    private static void initialiseDecimals() {
        try {
            MethodHandles.lookup().ensureInitialized(BigDecimal.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
