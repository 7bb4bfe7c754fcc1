package offload.webhook.call;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** Puts what a client throws into the few words that a record of tries needs. */
final class CallFault {
    private static final int LONGEST = 200;

    private CallFault() {}

    /** A short reason. Messages of other than network errors are left out, because they may hold the URL. */
    static String describe(Throwable fault) {
        IOException network = null;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                network = io;
            }
        }
        return switch (network) {
            case null -> "the answer is no HTTP response, or the connection was closed before one";
            case SocketTimeoutException e -> "no connection or no answer in time";
            case ConnectException e -> "no connection: " + cut(e);
            case NoRouteToHostException e -> "no connection: " + cut(e);
            case SSLException e -> "no TLS connection: " + cut(e);
            default -> "the connection was lost: " + cut(network);
        };
    }

    private static String cut(IOException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\p{Cc}+", " ");
        return message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    }
}
