package offload.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs at random, the same way for the same seed: bytes turned, cut, doubled, and parts of other inputs. */
final class Mutation {
    private static final List<String> PARTS = List.of(
            "..",
            "/",
            "\\",
            "%2e",
            "%00",
            "\r",
            "\n",
            "\r\n\r\n",
            ":",
            "data:",
            "id:",
            "\"",
            "[",
            "{",
            "}",
            "\\u0000",
            "\\ud800",
            "1e999",
            "-0",
            "127.0.0.1",
            "0x7f.1",
            "[::1]",
            "@",
            "#",
            "\uFEFF",
            "\u0000",
            "٣",
            "9999999999");

    private final Random random;
    private final List<byte[]> corpus;

    Mutation(long seed, List<byte[]> corpus) {
        this.random = new Random(seed);
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] input = any(corpus).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            input = change(input);
        }
        return input;
    }

    private byte[] change(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = at + random.nextInt(input.length - at + 1);
        return switch (random.nextInt(5)) {
            case 0 -> join(input, at, any(PARTS).getBytes(StandardCharsets.UTF_8), at);
            case 1 -> join(input, at, new byte[] {(byte) random.nextInt(256)}, Math.min(input.length, at + 1));
            case 2 -> join(input, at, new byte[0], to);
            case 3 -> join(input, at, Arrays.copyOfRange(input, at, to), at);
            default -> join(input, at, any(corpus), input.length);
        };
    }

    private static byte[] join(byte[] head, int headEnd, byte[] middle, int tail) {
        byte[] all = Arrays.copyOf(head, headEnd + middle.length + head.length - tail);
        System.arraycopy(middle, 0, all, headEnd, middle.length);
        System.arraycopy(head, tail, all, headEnd + middle.length, head.length - tail);
        return all;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
