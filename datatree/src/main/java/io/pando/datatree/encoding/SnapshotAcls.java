package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Acl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The access control lists of one snapshot: each is written where it first occurs, and is a number from then on. So a
 * restored tree has each list only once. One instance writes or reads one snapshot.
 */
final class SnapshotAcls {
    private static final int NEW = 0;

    private final Map<List<Acl>, Integer> numbers = new HashMap<>();
    private final List<List<Acl>> lists = new ArrayList<>();
    // What was written last: mostly the next znode has the very same, and then there is nothing to look up.
    private List<Acl> recent = Acl.OPEN;
    private int recentNumber;

    SnapshotAcls() {
        recentNumber = add(recent);
        add(Acl.READ_ONLY);
    }

    @SuppressWarnings("ReferenceEquality") // An equal one only takes longer.
    void write(Output output, List<Acl> acl) {
        if (acl != recent) {
            recentNumber = numbers.getOrDefault(acl, NEW);
            recent = acl;
        }
        output.writeVarInt(recentNumber, true);
        if (recentNumber == NEW) {
            Fields.writeEntries(output, acl);
            recentNumber = add(acl);
        }
    }

    List<Acl> read(Input input) {
        int number = input.readVarInt(true);
        if (number == NEW) {
            List<Acl> acl = Fields.readEntries(input);
            add(acl);
            return acl;
        }
        if (number < 0 || number > lists.size()) {
            throw new KryoException("There is no ACL " + number + " among " + lists.size());
        }
        return lists.get(number - 1);
    }

    private int add(List<Acl> acl) {
        lists.add(acl);
        numbers.put(acl, lists.size());
        return lists.size();
    }
}
