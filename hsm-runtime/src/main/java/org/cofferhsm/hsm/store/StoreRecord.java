package org.cofferhsm.hsm.store;

/**
 * One record as it is stored: clear attributes and a sealed secret, authenticated together with kind, id and version.
 *
 * @param id its number within its kind
 * @param version the number of the change that wrote it
 * @param attributes the encoded attributes, in the clear
 * @param sealed the secret, encrypted with everything else here as associated data
 */
public record StoreRecord(RecordKind kind, long id, long version, byte[] attributes, byte[] sealed) {}
