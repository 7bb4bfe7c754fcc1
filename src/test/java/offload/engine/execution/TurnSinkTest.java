package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import offload.eventlog.LogFollower;
import offload.files.FreeSpace;
import offload.files.SyncPolicy;
import offload.turn.UpstreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnSinkTest {
    private static final byte[] TOKEN = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);

    @TempDir
    Path folder;

    /** Else a reader has, after a crash or on a full device, what no file has, and no later reader ever gets. */
    @Test
    void what_readers_are_given_is_in_the_file_by_then_and_what_could_not_be_appended_is_given_to_nobody()
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurns turns = open.turns();
            FreeSpace space = new FreeSpace(open.data(), open.node(), 0);
            LogAppender appender =
                    new LogAppender(open.node(), SyncPolicy.NEVER, space, turns.numbers(), turns.answers());
            TurnSink sink = new TurnSink(open.turn(), appender, UpstreamKey.none(), false);
            Reader reader = new Reader(open.files().events());
            assertTrue(open.turn().log().follow(reader, 0));
            tell(sink);
            tell(sink);
            long whole = open.turn().log().position();
            assertEquals(whole, reader.position());
            space.struck();
            assertThrows(IOException.class, () -> tell(sink));
            assertEquals(whole, reader.position());
            assertEquals(whole, open.turn().log().published());
            assertEquals(whole, open.files().events().toFile().length());
        }
    }

    private static void tell(TurnSink sink) throws IOException {
        sink.event("message", TOKEN, 0, TOKEN.length);
        sink.flush();
    }

    private static final class Reader implements LogFollower {
        private final Path log;
        private long position;

        Reader(Path log) {
            this.log = log;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean take(ByteBuffer chunk, int length, boolean last) {
            position += length;
            assertTrue(log.toFile().length() >= position, "given before it was in the file");
            return true;
        }

        @Override
        public void ended() {
            throw new AssertionError("let go");
        }
    }
}
