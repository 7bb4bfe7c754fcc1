package offload.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import offload.cli.terminal.CommandFault;
import offload.upstream.UpstreamTarget;

/**
 * Looks whether an upstream can be reached, with the trust that the server would have in it. No completion is asked for,
 * and no key is sent.
 */
final class UpstreamCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(60);

    private final Supplier<SSLContext> trust;

    /** {@code trust} is asked for where one is to be called: reading all authorities takes a while. */
    UpstreamCheck(Supplier<SSLContext> trust) {
        this.trust = trust;
    }

    Finding of(UpstreamTarget target) {
        String about = target.name().equals("upstream") ? "upstream" : "upstreams." + target.name();
        if (!String.valueOf(target.base().getScheme()).startsWith("http")) {
            return Finding.good(about, "the embedded sample: no network, no key");
        }
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .sslContext(trust.get())
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(models(target.base()))
                    .timeout(PATIENCE)
                    .build();
            // Its head tells all; a body may never end, and only what comes before it is under the request's time
            // limit.
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            response.body().close();
            return judge(about, target, response);
        } catch (SSLException e) {
            return Finding.bad(
                    about,
                    target.base() + " answers, but there is no TLS connection: " + e.getMessage(),
                    "look at its certificate; one of a private authority needs that authority's in upstream.ca-file");
        } catch (IOException e) {
            return Finding.bad(
                    about,
                    target.base() + " is not reached: " + reason(e),
                    "look at the URL, the name server, the firewall, and whether it runs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault("interrupted");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.http.HttpTimeoutException) {
            return "nothing came within " + PATIENCE.toSeconds() + " s";
        }
        return e instanceof java.net.ConnectException ? "no connection" : String.valueOf(e.getMessage());
    }

    private static URI models(URI base) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + "/models");
    }

    private static Finding judge(String about, UpstreamTarget target, HttpResponse<InputStream> response) {
        Duration ahead =
                response.headers().firstValue("Date").map(UpstreamCheck::ahead).orElse(Duration.ZERO);
        if (ahead.abs().compareTo(CLOCK_SLACK) > 0) {
            return Finding.warning(
                    about,
                    target.base() + " answers; its clock is " + ahead.toSeconds() + " s ahead of this machine's",
                    "run an NTP client");
        }
        String keys = target.key() != null
                ? "the operator's key is set"
                : target.keyless() ? "no key is needed" : "callers bring their keys";
        return Finding.good(about, target.base() + " answers (" + response.statusCode() + "); " + keys);
    }

    private static Duration ahead(String date) {
        try {
            ZonedDateTime there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(Instant.now(), there.toInstant());
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
