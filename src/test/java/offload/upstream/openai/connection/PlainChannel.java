package offload.upstream.openai.connection;

import java.nio.channels.SocketChannel;

/** A connection over a channel that a test has opened. */
public final class PlainChannel {

    private PlainChannel() {}

    public static Connection over(SocketChannel channel) {
        return new PlainConnection(channel);
    }
}
