package org.cofferhsm.ekm;

import java.util.Set;
import org.cofferhsm.hsm.key.Octets;

/**
 * What {@code SqlCryptImportKey} is given. SQL Server does not use it.
 *
 * @param decryptor the key that the blob is encrypted under
 */
public record ImportRequest(String name, Thumbprint decryptor, BlobType type, Set<KeyFlag> flags, Octets blob) {}
