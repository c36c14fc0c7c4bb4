package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TLS server by JSSE whose keys are in the module, and a client that knows nothing of it. */
class TlsServerTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static KeyStore store;
    private static Issuer root;

    @BeforeAll
    static void registerProviderAndMakeKeys() throws Exception {
        Security.addProvider(COFFER.provider());
        store = KeyStore.getInstance("Coffer");
        store.load(null, null);
        root = Issuer.root("CN=TLS Root");
        for (String algorithm : new String[] {"RSA", "EC"}) {
            KeyPair pair =
                    KeyPairGenerator.getInstance(algorithm, COFFER.provider()).generateKeyPair();
            store.setKeyEntry(algorithm, pair.getPrivate(), null, new Certificate[] {
                root.issue("CN=localhost", pair.getPublic()), root.certificate()
            });
        }
    }

    @AfterAll
    static void removeProvider() {
        Security.removeProvider("Coffer");
    }

    static Stream<Arguments> handshakes() {
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(protocol -> Stream.of("RSA", "EC")
                        .flatMap(key ->
                                Stream.of("SunX509", "PKIX").map(manager -> Arguments.of(protocol, key, manager))));
    }

    /** Pitfalls 4 (RSAKey, or JSSE sees no size) and 7 (RSASSA-PSS, or there is no TLS 1.3 with RSA). */
    @ParameterizedTest
    @MethodSource("handshakes")
    void servesTls(String protocol, String key, String keyManager) throws Exception {
        SSLSession session = handshake(protocol, key, keyManager);

        assertThat(session.getProtocol()).isEqualTo(protocol);
        X509Certificate seen = (X509Certificate) session.getPeerCertificates()[0];
        assertThat(seen).isEqualTo(store.getCertificate(key));
    }

    /** JSSE first asks to unwrap the premaster secret with parameters of its own, and must hear a no that it knows. */
    @ParameterizedTest
    @ValueSource(strings = {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA256"})
    void servesTlsWhereTheClientEncryptsThePremasterSecret(String suite) throws Exception {
        assumeThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .as("JDK 24 and later have put TLS_RSA_* out of use")
                .contains(suite);

        SSLSession session = handshake("TLSv1.2", "RSA", "PKIX", suite);

        assertThat(session.getCipherSuite()).isEqualTo(suite);
        assertThat(session.getPeerCertificates()[0]).isEqualTo(store.getCertificate("RSA"));
    }

    @Test
    void servesTlsWithBouncyCastleInFront() throws Exception {
        Provider bouncyCastle = new BouncyCastleProvider();
        Security.insertProviderAt(bouncyCastle, 1);
        try {
            for (String key : new String[] {"RSA", "EC"}) {
                assertThat(handshake("TLSv1.3", key, "PKIX").getPeerCertificates()[0])
                        .isEqualTo(store.getCertificate(key));
            }
        } finally {
            Security.removeProvider(bouncyCastle.getName());
        }
    }

    private static SSLSession handshake(String protocol, String key, String keyManager, String... suites)
            throws Exception {
        SSLContext server = server(keyManager, key);
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setEnabledProtocols(new String[] {protocol});
            listening.setEnabledCipherSuites(suites.length > 0 ? suites : suites(listening, protocol, key));
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listening));
            SSLSession session = greet(listening.getLocalPort(), protocol);
            served.get(30, TimeUnit.SECONDS);
            return session;
        }
    }

    /** TLS 1.2's suites name the kind of key; TLS 1.3's do not, there the server offers one kind. */
    private static String[] suites(SSLServerSocket socket, String protocol, String key) {
        String prefix = key.equals("RSA") ? "TLS_ECDHE_RSA_" : "TLS_ECDHE_ECDSA_";
        return Stream.of(socket.getSupportedCipherSuites())
                .filter(suite -> protocol.equals("TLSv1.3") ? suite.startsWith("TLS_AES_") : suite.startsWith(prefix))
                .toArray(String[]::new);
    }

    private static SSLContext server(String keyManager, String key) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(keyManager);
        keys.init(store, "ignored".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new OneKindOfKey((X509ExtendedKeyManager) keys.getKeyManagers()[0], key)},
                null,
                null);
        return context;
    }

    private static void serve(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept();
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(in.readNBytes(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLSession greet(int port, String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write("hello".getBytes(UTF_8));
            assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
            return socket.getSession();
        }
    }

    private static SSLContext client() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
