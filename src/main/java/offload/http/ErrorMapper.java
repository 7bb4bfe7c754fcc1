package offload.http;

import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import offload.engine.StorageErrors;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Turns what routes throw into answers. That the client has left is no error; everything nobody expected is logged with
 * a sentence, never with what the request held, and answered without detail.
 */
final class ErrorMapper {
    private static final Logger LOG = System.getLogger(ErrorMapper.class.getName());

    private ErrorMapper() {}

    static void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        try {
            chain.proceed();
        } catch (CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (ApiException e) {
            answer(request, response, e);
        } catch (StorageException e) {
            answer(request, response, storage(e.cause()));
        } catch (RequestException | HttpException e) {
            answer(request, response, new ApiException(ApiError.INVALID_REQUEST, "The request is not valid HTTP."));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a request failed in the server: " + e.getClass().getName(), e);
            answer(request, response, new ApiException(ApiError.INTERNAL_ERROR, "The server failed: its log says why."));
        }
    }

    private static void answer(RoutingRequest request, RoutingResponse response, ApiException e) {
        if (response.isSent()) {
            throw new CloseConnectionException("failed in mid-answer");
        }
        Answers.error(request, response, e);
    }

    private static ApiException storage(IOException e) {
        LOG.log(Level.ERROR, "the data folder failed: " + e);
        return StorageErrors.isFull(e)
                ? new ApiException(ApiError.STORAGE_FULL, "The server's data folder is full: try again later.")
                : new ApiException(ApiError.STORAGE_UNAVAILABLE, "The server's data folder failed: try again later.")
                        .with("Retry-After", "5");
    }
}
