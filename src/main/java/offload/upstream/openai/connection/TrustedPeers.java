package offload.upstream.openai.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts: what the JDK trusts (or {@code javax.net.ssl.trustStore}), and the operator's own authority beside it. The
 * peer's certificate must carry the name or address that was asked for (RFC 9110, 4.3.4). Any thread.
 */
public final class TrustedPeers {
    private static final String NO_PEM = " cannot be used: it must be a PEM file with at least one certificate";

    private final Collection<? extends Certificate> extra;
    private @Nullable SSLContext context;

    /** An {@link IllegalArgumentException} names {@code extraCa} where it cannot be read. */
    public TrustedPeers(@Nullable Path extraCa) {
        extra = extraCa == null ? List.of() : read(extraCa);
    }

    /** The certificates in {@code pem}; an {@link IllegalArgumentException} says what must be there. */
    public static Collection<? extends Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(pem + NO_PEM, e);
        }
        throw new IllegalArgumentException(pem + NO_PEM);
    }

    /** A client engine for {@code host}, which is checked against the certificate. */
    SSLEngine engine(String host, int port) {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (!isLiteral(host)) {
            name(parameters, host);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static void name(SSLParameters parameters, String host) {
        try {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        } catch (IllegalArgumentException e) {
            // No name of DNS (an underscore, say): such a server is asked without a name (RFC 6066, 3).
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Made at the first use: reading the JDK's authorities takes a while, and an upstream without TLS needs none. */
    public synchronized SSLContext context() {
        SSLContext made = context;
        if (made == null) {
            try {
                made = SSLContext.getInstance("TLS");
                made.init(null, extra.isEmpty() ? null : managers(withExtra()), null);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("this JDK offers no TLS: " + e.getMessage(), e);
            }
            context = made;
        }
        return made;
    }

    private KeyStore withExtra() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                for (X509Certificate certificate : known.getAcceptedIssuers()) {
                    store.setCertificateEntry("jdk-" + number++, certificate);
                }
            }
        }
        for (Certificate certificate : extra) {
            store.setCertificateEntry("extra-" + number++, certificate);
        }
        return store;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
