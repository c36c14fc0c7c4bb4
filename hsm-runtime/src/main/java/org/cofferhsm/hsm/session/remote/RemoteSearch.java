package org.cofferhsm.hsm.session.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A search through the service, page by page in the order of the handles. */
final class RemoteSearch {

    private final Calls calls;
    private final List<ObjectInfo> found = new ArrayList<>();
    private String sought = "";

    RemoteSearch(Calls calls) {
        this.calls = calls;
    }

    Matches matches(Operation operation, Consumer<MessageWriter> filter) {
        boolean more;
        do {
            long after = found.isEmpty() ? 0 : found.get(found.size() - 1).id().value();
            more = calls.call(operation, out -> filter.accept(out.u64(after)), this::page);
        } while (more);
        return new Matches(sought, found);
    }

    /** Whether there is another page. A page is read as a whole or, when its call is repeated, not at all. */
    private boolean page(MessageReader in) {
        String text = in.text();
        List<ObjectInfo> page = new ArrayList<>();
        while (Fields.flag(in)) {
            page.add(AttributeFields.object(in));
        }
        boolean more = Fields.flag(in);
        sought = text;
        found.addAll(page);
        return more;
    }
}
