package offload.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certification authority made on the spot (P-256, X.509 v3 after RFC 5280), so that https is tested for real: chain, names
 * and dates are checked by the client under test.
 */
public final class TestCa {
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final KeyPair keys;
    private final Certificate certificate;

    private TestCa(KeyPair keys, Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestCa create() throws GeneralSecurityException {
        KeyPair keys = newKeys();
        byte[] basic = extension(19, true, Der.sequence(Der.yes()));
        byte[] usage = extension(15, true, Der.tagged(0x03, new byte[] {2, 0x04}));
        Certificate own = certificate("Test CA", keys, "Test CA", keys.getPrivate(), validFor(1), basic, usage);
        return new TestCa(keys, own);
    }

    /** A server's TLS context for {@code names} (host names or IP literals), valid today. */
    public SSLContext server(String... names) throws GeneralSecurityException, IOException {
        return server(validFor(1), names);
    }

    /** The same, whose certificate ended yesterday. */
    public SSLContext expiredServer(String... names) throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        return server(new Instant[] {now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))}, names);
    }

    private SSLContext server(Instant[] validity, String... names) throws GeneralSecurityException, IOException {
        KeyPair own = newKeys();
        byte[][] alternatives = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            alternatives[i] = alternative(names[i]);
        }
        byte[] san = extension(17, false, Der.sequence(alternatives));
        Certificate leaf = certificate("Test server", own, "Test CA", keys.getPrivate(), validity, san);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", own.getPrivate(), new char[0], new Certificate[] {leaf, certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Writes the authority's certificate as PEM and returns {@code file}. */
    public Path writePem(Path file) throws IOException, GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Instant[] validFor(int days) {
        Instant now = Instant.now();
        return new Instant[] {now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(days))};
    }

    private static byte[] alternative(String name) throws IOException {
        boolean address = name.contains(":") || Character.isDigit(name.charAt(name.length() - 1));
        return address
                ? Der.tagged(0x87, InetAddress.getByName(name).getAddress())
                : Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extension(int arc, boolean critical, byte[] value) {
        byte[] id = Der.oid(2, 5, 29, arc);
        return critical ? Der.sequence(id, Der.yes(), Der.octets(value)) : Der.sequence(id, Der.octets(value));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8(commonName))));
    }

    private static Certificate certificate(
            String subject, KeyPair own, String issuer, PrivateKey signer, Instant[] validity, byte[]... extensions)
            throws GeneralSecurityException {
        byte[] dates = Der.sequence(Arrays.stream(validity).map(Der::time).toArray(byte[][]::new));
        byte[] version = Der.tagged(0xa0, Der.integer(BigInteger.TWO));
        byte[] serial = Der.integer(BigInteger.valueOf(SERIAL.getAndIncrement()));
        byte[] more = Der.tagged(0xa3, Der.sequence(extensions));
        byte[] body = Der.sequence(
                version,
                serial,
                ECDSA_SHA256,
                name(issuer),
                dates,
                name(subject),
                own.getPublic().getEncoded(),
                more);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }
}
