package org.cofferhsm.signtool.authenticode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.jspecify.annotations.Nullable;

/** The signed or the unsigned attributes of a signature (RFC 2315 §9.2), immutable. */
public record AttributeSet(List<Attribute> attributes) {

    private static final ASN1Encodable[] NOTHING = {};

    /** None. */
    public static final AttributeSet EMPTY = new AttributeSet(List.of());

    public AttributeSet {
        attributes = List.copyOf(attributes);
    }

    /** Those of a field that may be absent. */
    public static AttributeSet of(@Nullable ASN1Set set) {
        List<Attribute> attributes = new ArrayList<>();
        for (ASN1Encodable attribute : set == null ? NOTHING : set.toArray()) {
            attributes.add(Attribute.getInstance(attribute));
        }
        return new AttributeSet(attributes);
    }

    /** All values of all attributes of this type. */
    public List<ASN1Encodable> values(ASN1ObjectIdentifier type) {
        List<ASN1Encodable> values = new ArrayList<>();
        for (Attribute attribute : only(type).attributes) {
            values.addAll(List.of(attribute.getAttributeValues()));
        }
        return values;
    }

    /** The value of an attribute that must not have several. */
    public Optional<ASN1Encodable> value(ASN1ObjectIdentifier type) {
        List<ASN1Encodable> values = values(type);
        if (values.size() > 1) {
            throw new IllegalArgumentException("the attribute " + type + " has " + values.size() + " values");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** One more value: in the attribute of this type, which may have several, or in a new one at the end. */
    public AttributeSet with(ASN1ObjectIdentifier type, ASN1Encodable value) {
        List<ASN1Encodable> values = new ArrayList<>(values(type));
        values.add(value);
        ASN1Set set = new DERSet(values.toArray(NOTHING));
        List<Attribute> all = new ArrayList<>(without(type).attributes);
        all.add(new Attribute(type, set));
        return new AttributeSet(all);
    }

    /** Without the attributes of this type. */
    public AttributeSet without(ASN1ObjectIdentifier type) {
        return select(type, false);
    }

    /** Only the attributes of this type. */
    public AttributeSet only(ASN1ObjectIdentifier type) {
        return select(type, true);
    }

    private AttributeSet select(ASN1ObjectIdentifier type, boolean ofType) {
        List<Attribute> selected = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (attribute.getAttrType().equals(type) == ofType) {
                selected.add(attribute);
            }
        }
        return new AttributeSet(selected);
    }

    /** The set, or null for an empty one, as the field is optional. */
    @Nullable
    ASN1Set toAsn1() {
        ASN1EncodableVector vector = new ASN1EncodableVector();
        for (Attribute attribute : attributes) {
            vector.add(attribute);
        }
        return attributes.isEmpty() ? null : new DERSet(vector);
    }
}
