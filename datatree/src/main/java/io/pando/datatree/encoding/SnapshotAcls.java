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
 * The access control lists of one snapshot: each is written where it first occurs, and is a number from then on, as the two that
 * nearly all znodes have are from the beginning. So a restored tree has each list only once.
 */
final class SnapshotAcls {
    private static final int NEW = 0;
    private static final List<List<Acl>> KNOWN = List.of(Acl.OPEN, Acl.READ_ONLY);

    private SnapshotAcls() {}

    /** Writes those of one snapshot. */
    static final class Writer {
        private final Map<List<Acl>, Integer> numbers = new HashMap<>();
        // What was written last: mostly the next znode has the very same, and then there is nothing to look up.
        private List<Acl> recent = List.of();
        private int recentNumber = NEW;

        Writer() {
            KNOWN.forEach(this::number);
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
                recentNumber = number(acl);
            }
        }

        private int number(List<Acl> acl) {
            int number = numbers.size() + 1;
            numbers.put(acl, number);
            return number;
        }
    }

    /** Reads those of one snapshot. */
    static final class Reader {
        private final List<List<Acl>> lists = new ArrayList<>(KNOWN);

        List<Acl> read(Input input) {
            int number = input.readVarInt(true);
            if (number == NEW) {
                List<Acl> acl = Fields.readEntries(input);
                lists.add(acl);
                return acl;
            }
            if (number < 0 || number > lists.size()) {
                throw new KryoException("There is no ACL " + number + " among " + lists.size());
            }
            return lists.get(number - 1);
        }
    }
}
