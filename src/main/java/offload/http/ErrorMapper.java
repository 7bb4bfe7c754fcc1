package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.stream.Collectors;
import offload.disk.StorageErrors;
import offload.http.head.Refusals;
import offload.http.message.Answers;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Turns what routes throw into answers. That the client has left is no error; everything nobody expected is logged with
 * a sentence, never with what the request held, and answered without detail.
 */
final class ErrorMapper {
    private static final Logger LOG = System.getLogger(ErrorMapper.class.getName());

    private static final int MOST_PLACES = 3;

    private ErrorMapper() {}

    /**
     * The handler that runs {@code inner} and answers what it throws. A filter could not do it: the server wraps what
     * routes throw before filters see it.
     */
    static Handler around(Handler inner, HttpNumbers numbers) {
        return (request, response) -> {
            try {
                inner.handle(request, response);
            } catch (CloseConnectionException | UncheckedIOException e) {
                throw e;
            } catch (ApiException e) {
                answer(numbers, request, response, e);
            } catch (ClosedByInterruptException | InterruptedException e) {
                // The server ends and has interrupted who still works on an answer: the data folder is as well as
                // before.
                throw new CloseConnectionException("interrupted");
            } catch (IOException e) {
                answer(numbers, request, response, storage(e));
            } catch (RequestException | HttpException e) {
                answer(
                        numbers,
                        request,
                        response,
                        new ApiException(ApiError.INVALID_REQUEST, "The request is not valid HTTP."));
            } catch (OutOfMemoryError e) {
                answer(numbers, request, response, noThread());
            } catch (Exception | Error e) {
                // A class may be missing where descriptors are: the web server would answer without a word in the log.
                LOG.log(Level.ERROR, "a request failed in the server: " + places(e));
                answer(numbers, request, response, new ApiException(ApiError.INTERNAL_ERROR, Refusals.SERVER_FAILED));
            }
        };
    }

    private static void answer(HttpNumbers numbers, ServerRequest request, ServerResponse response, ApiException e) {
        numbers.rejected(e.error(), e.sentence());
        if (response.isSent()) {
            throw new CloseConnectionException("failed in mid-answer");
        }
        if (request.content().hasEntity()) {
            // It may not have been read, and then nobody waits for it, or may not be what the client thinks that it is.
            response.header(HeaderNames.CONNECTION, "close");
        }
        try {
            Answers.error(request, response, e);
        } catch (IllegalStateException streaming) {
            // An answer that is a stream has begun, of which the web server does not say that it is sent.
            throw new CloseConnectionException("failed in mid-answer", streaming);
        }
    }

    /** Its kind and where it came from, on one line; its message may hold what the request said. */
    static String places(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::toString)
                .filter(place -> place.contains("offload."))
                .limit(MOST_PLACES)
                .collect(Collectors.joining(" at ", failure.getClass().getName() + " at ", ""));
    }

    /** Lack of heap ends the process: this is a thread that the system does not give. */
    private static ApiException noThread() {
        return new ApiException(
                        ApiError.TOO_MANY_CONNECTIONS,
                        "The system gives the server no more threads: try again in a moment.")
                .with("Retry-After", "5");
    }

    private static ApiException storage(IOException e) {
        LOG.log(Level.ERROR, "the data folder failed: " + e);
        return StorageErrors.isFull(e)
                ? new ApiException(ApiError.STORAGE_FULL, "The server's data folder is full: try again later.")
                        .with("Retry-After", "30")
                : new ApiException(ApiError.STORAGE_UNAVAILABLE, "The server's data folder failed: try again later.")
                        .with("Retry-After", "5");
    }
}
