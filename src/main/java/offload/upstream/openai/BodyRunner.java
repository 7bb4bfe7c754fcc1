package offload.upstream.openai;

import java.io.IOException;
import offload.upstream.ChatEnd;

/** Sees a body through to its end: on a thread shared by many, or on the calling one. */
interface BodyRunner {

    /** The calling thread's own way: it reads and waits itself. */
    BodyRunner CALLER = feed -> {
        ChatEnd end = feed.step();
        while (end == null) {
            end = feed.step();
        }
        return end;
    };

    /** Feeds {@code feed} until the body ends, and answers how; what the sink throws is thrown here. */
    ChatEnd run(BodyFeed feed) throws IOException;
}
