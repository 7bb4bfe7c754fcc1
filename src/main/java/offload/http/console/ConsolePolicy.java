package offload.http.console;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/**
 * What a browser may do with the console: run its own scripts, talk to its own server, and nothing else. A model's words
 * that got past the sanitiser find no inline script, no evaluated string, no foreign host and no form to send
 * (Content Security Policy Level 3; Trusted Types: the sanitiser alone may turn a string into markup).
 */
enum ConsolePolicy {
    /** For every page and file. */
    STRICT(""),
    /** For the page that shows a model's words. */
    TYPED("; require-trusted-types-for 'script'; trusted-types dompurify");

    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");
    private static final HeaderName OPENER = HeaderNames.create("Cross-Origin-Opener-Policy");
    private static final HeaderName FRAMES = HeaderNames.create("X-Frame-Options");

    private final String policy;

    ConsolePolicy(String more) {
        this.policy = base() + more;
    }

    private static String base() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    void headers(ServerResponse response) {
        response.header(POLICY, policy);
        response.header(REFERRER, "no-referrer");
        response.header(OPENER, "same-origin");
        response.header(FRAMES, "DENY");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    }
}
