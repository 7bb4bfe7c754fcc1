package offload.cli.client;

import java.net.URI;
import offload.cli.terminal.CommandFault;
import org.jspecify.annotations.Nullable;

/**
 * Where a turn is: any of its URLs names it.
 *
 * @param start what all its URLs begin with, up to its name
 * @param token its bearer token; null where it is public
 * @param query of the URL that was given, such as a stream token; null for none
 */
record TurnAddress(
        String start, @Nullable String token, @Nullable String query) {

    /** From {@code url}: of the status, the events, the stop or the raw answer. */
    static TurnAddress of(String url, @Nullable String token) {
        URI uri = ServerAddress.web(url);
        String whole = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        String start = whole.replaceFirst("(\\.json|\\.txt|\\.raw|/stop)$", "");
        if (start.equals(whole)) {
            throw new CommandFault(
                    "\"" + url + "\" is no URL of a turn: give its status_url, as a submission answered it",
                    CommandFault.UNUSABLE);
        }
        return new TurnAddress(start, token, uri.getRawQuery());
    }

    URI status(int waitSeconds) {
        return URI.create(start + ".json" + (waitSeconds > 0 ? "?wait=" + waitSeconds : ""));
    }

    URI events() {
        boolean streamToken = query != null && query.contains("stream_token=");
        return URI.create(start + ".txt" + (streamToken ? "?" + query : ""));
    }

    URI stop() {
        return URI.create(start + "/stop");
    }
}
