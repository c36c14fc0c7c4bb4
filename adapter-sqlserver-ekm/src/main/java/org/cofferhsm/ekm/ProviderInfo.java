package org.cofferhsm.ekm;

import java.util.Set;
import java.util.UUID;

/**
 * What the provider says of itself ({@code SqlCpProviderInfo}). Databases keep the GUID, and SQL Server refuses a library of
 * another version than it was created with, so neither ever changes.
 *
 * @param scpVersion the version of the interface
 * @param authType 1: by name and secret
 * @param thumbprintBytes the length of its thumbprints
 * @param acceptsKeyNames whether keys are named by who creates them
 */
public record ProviderInfo(
        String name,
        UUID guid,
        Version version,
        Version scpVersion,
        int authType,
        Set<KeyFlag> symmetricSupport,
        Set<KeyFlag> asymmetricSupport,
        int thumbprintBytes,
        boolean acceptsKeyNames) {

    /** Of this provider. */
    public static final ProviderInfo COFFER = new ProviderInfo(
            "Coffer",
            UUID.fromString("af49bf6d-34fc-4605-81e8-765a6ec28c48"),
            new Version(1, 0, 0, 0),
            new Version(1, 1, 0, 0),
            1,
            Set.of(KeyFlag.SUPPORTED),
            Set.of(KeyFlag.SUPPORTED, KeyFlag.EXPORTABLE),
            Thumbprint.LENGTH,
            true);

    /** A version as EKM writes it. */
    public record Version(int major, int minor, int build, int revision) {

        @Override
        public String toString() {
            return major + "." + minor + "." + build + "." + revision;
        }
    }
}
