package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whom a message sends to the page of operations finds it there in the words in which it comes. */
class MessagesInDocsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+?) \\|");
    private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");

    /** What stands for something else in each message, a setting or a code. */
    private static final String BLANK = "\\.\\.\\.|; did you mean|\\b(KEY|VARIABLE|HOST:PORT|data-dir:|too_many_\\w+)";

    private static final Pattern BROKEN = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Set<String> OF_THE_SYSTEM = Set.of(
            ".offload: Function not implemented",
            "Operation not permitted",
            "File name too long",
            "unable to create native thread",
            "failed: NotBefore:");

    @Test
    void each_message_of_the_troubleshooting_is_one_of_the_source() {
        String page = Checkout.read(Path.of("src/docs/operations.md"));
        String source = Checkout.MAIN.stream()
                .map(file -> BROKEN.matcher(Checkout.read(file.path())).replaceAll(""))
                .collect(Collectors.joining("\n"));
        List<String> named = ROW.matcher(page.substring(page.indexOf("## Troubleshooting by message")))
                .results()
                .flatMap(row -> MESSAGE.matcher(row.group(1)).results())
                .flatMap(message -> Arrays.stream(message.group(1).split(BLANK)))
                .map(String::strip)
                .filter(words -> !words.isEmpty() && !OF_THE_SYSTEM.contains(words))
                .toList();
        assertFalse(named.isEmpty(), "no message is named");
        assertEquals(
                List.of(),
                named.stream().filter(words -> !source.contains(words)).toList());
    }
}
