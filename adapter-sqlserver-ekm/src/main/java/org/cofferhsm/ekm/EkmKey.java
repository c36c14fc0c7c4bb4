package org.cofferhsm.ekm;

/**
 * A key as SQL Server sees it ({@code SqlCpKeyInfo}).
 *
 * @param name what {@code PROVIDER_KEY_NAME} calls it: the key's label
 */
public record EkmKey(String name, Thumbprint thumbprint, EkmAlgorithm algorithm) {}
