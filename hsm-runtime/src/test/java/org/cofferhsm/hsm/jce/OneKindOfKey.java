package org.cofferhsm.hsm.jce;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** A key manager that has, of all that JSSE's own has, the server keys of one kind. */
final class OneKindOfKey extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager all;
    private final String kind;

    OneKindOfKey(X509ExtendedKeyManager all, String kind) {
        this.all = all;
        this.kind = kind;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keyType.startsWith(kind) ? all.chooseServerAlias(keyType, issuers, socket) : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return keyType.startsWith(kind) ? all.chooseEngineServerAlias(keyType, issuers, engine) : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return all.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return all.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return all.getPrivateKey(alias);
    }
}
