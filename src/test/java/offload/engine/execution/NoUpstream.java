package offload.engine.execution;

import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ChatUpstream;

/** One that must not be called: what was left is finished without it. */
public final class NoUpstream implements ChatUpstream {
    @Override
    public ChatEnd run(ChatCall call, ChatSink sink) {
        throw new AssertionError("nobody is called again");
    }

    @Override
    public void close() {}
}
