package org.cofferhsm.ekm;

/** What a key blob holds ({@code SqlCpKeyBlobType}), in the order of EKM's numbers. */
public enum BlobType {
    SIMPLE,
    PUBLIC_KEY
}
