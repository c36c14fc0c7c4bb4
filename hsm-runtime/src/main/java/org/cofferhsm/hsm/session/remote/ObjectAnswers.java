package org.cofferhsm.hsm.session.remote;

import java.util.Collections;
import java.util.List;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What the service answers on objects. */
final class ObjectAnswers {

    private ObjectAnswers() {}

    static void generate(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(out, served.session().generate(Fields.last(in, AttributeFields.template(in))));
    }

    static void generatePair(ServedSession served, MessageReader in, MessageWriter out) {
        KeyPairIds pair = served.session().generate(Fields.last(in, AttributeFields.pairTemplate(in)));
        Fields.key(out, pair.publicKey());
        Fields.key(out, pair.privateKey());
    }

    static void create(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(out, served.session().create(AttributeFields.attributes(in), Fields.last(in, in.bytes())));
    }

    static void copy(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(out, served.session().copy(Fields.key(in), Fields.last(in, AttributeFields.attributes(in))));
    }

    static void destroy(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().destroy(Fields.last(in, Fields.key(in)));
    }

    static void describe(ServedSession served, MessageReader in, MessageWriter out) {
        AttributeFields.object(out, served.session().describe(Fields.last(in, Fields.key(in))));
    }

    static void change(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().change(Fields.key(in), Fields.last(in, AttributeFields.attributes(in)));
    }

    static void find(ServedSession served, MessageReader in, MessageWriter out) {
        long after = in.u64();
        page(out, served.session().find(Fields.last(in, AttributeFields.attributes(in))), after);
    }

    static void findLabel(ServedSession served, MessageReader in, MessageWriter out) {
        long after = in.u64();
        page(out, served.session().find(Fields.last(in, in.text())), after);
    }

    /** What was sought, and the objects behind one handle as far as a page goes; then whether there are more. */
    private static void page(MessageWriter out, Matches found, long after) {
        out.text(found.sought());
        List<ObjectInfo> all = found.list();
        int next = indexAfter(all, after);
        int end = out.size() + Wire.PAGE;
        while (next < all.size() && out.size() < end) {
            Fields.flag(out, true);
            AttributeFields.object(out, all.get(next));
            next++;
        }
        Fields.flag(out, false);
        Fields.flag(out, next < all.size());
    }

    private static int indexAfter(List<ObjectInfo> inOrder, long handle) {
        if (handle <= 0) {
            return 0;
        }
        List<KeyId> ids = inOrder.stream().map(ObjectInfo::id).toList();
        int found = Collections.binarySearch(ids, new KeyId(handle));
        return found < 0 ? -found - 1 : found + 1;
    }

    static void value(ServedSession served, MessageReader in, MessageWriter out) {
        Wire.giveAway(out, served.session().value(Fields.last(in, Fields.key(in))));
    }

    static void share(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().share(Fields.key(in), Fields.last(in, in.text()));
    }

    static void unshare(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().unshare(Fields.key(in), Fields.last(in, in.text()));
    }

    static void wrap(ServedSession served, MessageReader in, MessageWriter out) {
        out.bytes(served.session().wrap(Fields.key(in), Fields.key(in), Fields.last(in, Fields.algorithm(in))));
    }

    static void unwrap(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(
                out,
                served.session()
                        .unwrap(
                                Fields.key(in),
                                in.bytes(),
                                Fields.algorithm(in),
                                Fields.last(in, AttributeFields.template(in))));
    }

    static void derive(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(
                out,
                served.session()
                        .derive(Fields.key(in), Fields.algorithm(in), Fields.last(in, AttributeFields.template(in))));
    }

    static void encapsulate(ServedSession served, MessageReader in, MessageWriter out) {
        Encapsulated sent = served.session()
                .encapsulate(Fields.key(in), Fields.algorithm(in), Fields.last(in, AttributeFields.template(in)));
        Fields.octets(out, sent.ciphertext());
        Fields.key(out, sent.sharedSecret());
    }

    static void decapsulate(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.key(
                out,
                served.session()
                        .decapsulate(
                                Fields.key(in),
                                Fields.algorithm(in),
                                in.bytes(),
                                Fields.last(in, AttributeFields.template(in))));
    }
}
