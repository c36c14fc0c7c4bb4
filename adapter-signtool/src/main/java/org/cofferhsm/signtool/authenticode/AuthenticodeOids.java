package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The object identifiers of Authenticode. */
public final class AuthenticodeOids {

    /** The content of a signature over a file: SpcIndirectDataContent. */
    public static final ASN1ObjectIdentifier INDIRECT_DATA = microsoft("2.1.4");
    /** Signed attribute: what the certificate's holder is (SpcStatementType). */
    public static final ASN1ObjectIdentifier STATEMENT_TYPE = microsoft("2.1.11");
    /** Signed attribute: description and URL (SpcSpOpusInfo). */
    public static final ASN1ObjectIdentifier OPUS_INFO = microsoft("2.1.12");
    /** The data of a PE image (SpcPeImageData). */
    public static final ASN1ObjectIdentifier PE_IMAGE_DATA = microsoft("2.1.15");
    /** The statement of somebody who signs for himself. */
    public static final ASN1ObjectIdentifier INDIVIDUAL_CODE_SIGNING = microsoft("2.1.21");
    /** The data of a cabinet (SpcLink). */
    public static final ASN1ObjectIdentifier CAB_DATA = microsoft("2.1.25");
    /** The data of files that a subject interface package handles (SpcSipInfo). */
    public static final ASN1ObjectIdentifier SIP_INFO = microsoft("2.1.30");
    /** Page hashes by SHA-1. */
    public static final ASN1ObjectIdentifier PAGE_HASHES_V1 = microsoft("2.3.1");
    /** Page hashes by SHA-256. */
    public static final ASN1ObjectIdentifier PAGE_HASHES_V2 = microsoft("2.3.2");
    /** Unsigned attribute: further signatures over the same file. */
    public static final ASN1ObjectIdentifier NESTED_SIGNATURE = microsoft("2.4.1");
    /** Unsigned attribute: an RFC 3161 timestamp token over the signature value. */
    public static final ASN1ObjectIdentifier RFC3161_TIMESTAMP = microsoft("3.3.1");
    /** What a legacy timestamp request asks for. */
    public static final ASN1ObjectIdentifier TIMESTAMP_REQUEST = microsoft("3.2.1");
    /** The content of a catalog (certificate trust list). */
    public static final ASN1ObjectIdentifier CERTIFICATE_TRUST_LIST = microsoft("10.1");
    /**
     * Unsigned attribute of our own: what a format needs to give back the unsigned file's bytes. Made from a random
     * UUID (ITU-T X.667), so it needs no registration.
     */
    public static final ASN1ObjectIdentifier RESTORATION =
            new ASN1ObjectIdentifier("2.25.283923147344147301709099202445157298552");

    private AuthenticodeOids() {}

    private static ASN1ObjectIdentifier microsoft(String arc) {
        return new ASN1ObjectIdentifier("1.3.6.1.4.1.311." + arc);
    }
}
