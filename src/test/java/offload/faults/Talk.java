package offload.faults;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import offload.testing.Script;

/** What upstreams say in these tests. */
final class Talk {
    private Talk() {}

    static String chunk(int number, String more) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"word " + number + more + " \"},\"finish_reason\":null}]}";
    }

    /** So many events, one after so many microseconds each, and a proper end. */
    static Script words(int count, long pauseMicros) {
        return words(count, pauseMicros, "");
    }

    /** Events until {@code enough} have come, one after so many microseconds each, and a proper end. */
    static Script wordsUntil(CountDownLatch enough, long pauseMicros) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead();
            for (int i = 0; enough.getCount() > 0 && !c.clientClosed(); i++) {
                c.chunk("data: " + chunk(i, "") + "\n\n");
                LockSupport.parkNanos(pauseMicros * 1000);
            }
            c.chunk("data: " + chunk(0, "").replace("null", "\"stop\"") + "\n\n");
            c.chunk("data: [DONE]\n\n").lastChunk();
        };
    }

    static Script words(int count, long pauseMicros, String more) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead();
            for (int i = 0; i < count && !c.clientClosed(); i++) {
                c.chunk("data: " + chunk(i, more) + "\n\n");
                LockSupport.parkNanos(pauseMicros * 1000);
            }
            c.chunk("data: " + chunk(count, "").replace("null", "\"stop\"") + "\n\n");
            c.chunk("data: [DONE]\n\n").lastChunk();
        };
    }
}
