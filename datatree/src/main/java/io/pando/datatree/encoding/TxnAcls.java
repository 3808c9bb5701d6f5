package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Acl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Access control lists within txns: one byte for the two that nearly all znodes have, the entries for any other. What is
 * read is shared, since millions of znodes tend to have the same few lists.
 */
final class TxnAcls {
    private static final int ENTRIES_FOLLOW = 0;
    private static final int OPEN = 1;
    private static final int READ_ONLY = 2;

    /** Lists are made by clients, who may make a new one each time: then remembering them is of no use. */
    private static final int MAX_SHARED = 1024;

    private final Map<List<Acl>, List<Acl>> shared = new HashMap<>();

    void write(Output output, List<Acl> acl) {
        if (acl.equals(Acl.OPEN)) {
            output.writeByte(OPEN);
        } else if (acl.equals(Acl.READ_ONLY)) {
            output.writeByte(READ_ONLY);
        } else {
            output.writeByte(ENTRIES_FOLLOW);
            Fields.writeEntries(output, acl);
        }
    }

    List<Acl> read(Input input) {
        int kind = input.readByte();
        return switch (kind) {
            case OPEN -> Acl.OPEN;
            case READ_ONLY -> Acl.READ_ONLY;
            case ENTRIES_FOLLOW -> sharing(Fields.readEntries(input));
            default -> throw new KryoException("There is no ACL of kind " + kind);
        };
    }

    private List<Acl> sharing(List<Acl> acl) {
        List<Acl> known = shared.get(acl);
        if (known != null) {
            return known;
        }
        if (shared.size() == MAX_SHARED) {
            shared.clear();
        }
        shared.put(acl, acl);
        return acl;
    }
}
