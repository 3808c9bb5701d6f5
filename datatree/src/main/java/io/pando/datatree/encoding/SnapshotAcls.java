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

    SnapshotAcls() {
        add(Acl.OPEN);
        add(Acl.READ_ONLY);
    }

    void write(Output output, List<Acl> acl) {
        Integer number = numbers.get(acl);
        if (number == null) {
            output.writeVarInt(NEW, true);
            Fields.writeEntries(output, acl);
            add(acl);
        } else {
            output.writeVarInt(number, true);
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

    private void add(List<Acl> acl) {
        lists.add(acl);
        numbers.put(acl, lists.size());
    }
}
