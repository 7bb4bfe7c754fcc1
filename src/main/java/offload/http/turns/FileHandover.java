package offload.http.turns;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Predicate;
import offload.turn.TurnPath;

/**
 * Leaves the sending of a finished file to the proxy in front, by {@code X-Accel-Redirect} (nginx, Caddy). Only Offload can
 * tell who may read a file and whether it is finished, so every request comes here first; what travels this way is a
 * whole file that never changes again. Any thread.
 */
final class FileHandover {
    private final String folder;
    private final Predicate<ServerRequest> isForwarded;

    /** With {@code folder}, the data folder as the proxy knows it, {@code /files/}; empty never hands anything over. */
    FileHandover(String folder, Predicate<ServerRequest> isForwarded) {
        this.folder = folder;
        this.isForwarded = isForwarded;
    }

    /**
     * Whether this answer may be left to the proxy: a plain GET that came through one. Conditions and ranges are
     * judged here, because the proxy would judge them by the file's own time and size.
     */
    boolean suits(ServerRequest request) {
        return !folder.isEmpty()
                && request.prologue().method().equals(Method.GET)
                && request.headers().stream().noneMatch(FileHandover::isCondition)
                && isForwarded.test(request);
    }

    private static boolean isCondition(Header header) {
        return header.headerName().lowerCase().startsWith("if-")
                || header.headerName().equals(HeaderNames.RANGE);
    }

    /** Answers with the name of the file; the headers that the client is to see have been set before. */
    void send(TurnPath path, String ending, ServerResponse response) {
        response.header("X-Accel-Redirect", folder + path.relative() + ending);
        // With a length: a client that is no such proxy would wait for the end of the connection.
        response.headers().contentLength(0);
        response.status(Status.OK_200);
        response.send();
    }
}
