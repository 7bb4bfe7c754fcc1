package offload.http.message;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import offload.files.FinishedFile;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Conditional requests and caching (RFC 9110, section 13; RFC 9111) of a document that does not change any more.
 *
 * @param etag a strong entity tag, quoted
 * @param modified to the second
 */
public record Freshness(String etag, Instant modified) {
    /** Of {@code content} that was last changed at {@code modified}. */
    public static Freshness of(byte[] content, Instant modified) {
        try {
            return ofHash(MessageDigest.getInstance("SHA-256").digest(content), modified);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of what {@code file} holds. */
    public static Freshness of(FinishedFile file) throws IOException {
        return ofHash(file.sha256(), file.modified());
    }

    private static Freshness ofHash(byte[] sha256, Instant modified) {
        String etag = '"' + HexFormat.of().formatHex(sha256, 0, 16) + '"';
        return new Freshness(etag, modified.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Says of an answer which version it brings, and sends it as 304 to who has that already; whether it did. To be asked when
     * all fields that a 304 has are set, and none that it does not have.
     */
    public boolean sendIfKnown(ServerRequest request, ServerResponse response) {
        headers(response);
        boolean known = isKnownTo(request);
        if (known) {
            Answers.empty(response, 304);
        }
        return known;
    }

    /**
     * No answer may be older than what it brings (RFC 9110, section 8.8.2.1), and a file of another machine may be ahead
     * of this one's clock.
     */
    private void headers(ServerResponse response) {
        Instant now = Instant.now();
        response.header(HeaderNames.DATE, HttpDate.of(now));
        response.header(HeaderNames.ETAG, etag);
        response.header(HeaderNames.LAST_MODIFIED, HttpDate.of(modified.isAfter(now) ? now : modified));
    }

    /**
     * Refuses a request that is meant for another version than this one; {@code If-Match}, whose tags are strong, goes before
     * {@code If-Unmodified-Since}. To be asked before anything is done or said (RFC 9110, section 13.2.1).
     */
    public void requireMeant(ServerRequest request) {
        String tags = tags(request, HeaderNames.IF_MATCH);
        boolean meant = tags.isEmpty()
                ? request.headers()
                        .first(HeaderNames.IF_UNMODIFIED_SINCE)
                        .flatMap(HttpDate::parse)
                        .map(time -> !modified.isAfter(time) || modified.isAfter(Instant.now()))
                        .orElse(true)
                : isIn(tags, "");
        if (!meant) {
            throw otherMeant();
        }
    }

    /** The same of what has neither a tag nor a date yet: whoever names one means something else. */
    public static void requireUntaggedMeant(ServerRequest request) {
        String tags = tags(request, HeaderNames.IF_MATCH);
        if (!tags.isEmpty() && !tags.strip().equals("*")) {
            throw otherMeant();
        }
    }

    /** Whether a request may be meant for another version. */
    public static boolean isForOneVersion(ServerRequest request) {
        return request.headers().contains(HeaderNames.IF_MATCH)
                || request.headers().contains(HeaderNames.IF_UNMODIFIED_SINCE);
    }

    private static ApiException otherMeant() {
        return new ApiException(
                ApiError.PRECONDITION_FAILED,
                "This is not the version that `If-Match` or `If-Unmodified-Since` names: read it again.");
    }

    private static String tags(ServerRequest request, HeaderName field) {
        return String.join(",", request.headers().all(field, List::of));
    }

    private boolean isIn(String tags, String leftOut) {
        return tags.strip().equals("*")
                || Arrays.stream(tags.split(","))
                        .anyMatch(tag -> tag.strip().replaceFirst(leftOut, "").equals(etag));
    }

    /** Whether the client has it already; {@code If-None-Match} goes before {@code If-Modified-Since}. */
    private boolean isKnownTo(ServerRequest request) {
        String tags = tags(request, HeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) {
            return isIn(tags, "^W/");
        }
        return request.headers()
                .first(HeaderNames.IF_MODIFIED_SINCE)
                .flatMap(HttpDate::parse)
                .filter(time -> !modified.isAfter(time))
                .isPresent();
    }
}
