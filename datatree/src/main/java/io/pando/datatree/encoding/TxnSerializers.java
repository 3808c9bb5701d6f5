package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Txn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each kind of txn is written, and by which number it is known. Numbers are never changed, nor used again. */
final class TxnSerializers {
    private TxnSerializers() {}

    static void register(Kryo kryo) {
        TxnAcls acls = new TxnAcls();
        kryo.register(Txn.Create.class, new CreateSerializer(acls), 20);
        kryo.register(Txn.Delete.class, new DeleteSerializer(), 21);
        kryo.register(Txn.SetData.class, new SetDataSerializer(), 22);
        kryo.register(Txn.SetAcl.class, new SetAclSerializer(acls), 23);
        kryo.register(Txn.Check.class, new CheckSerializer(), 24);
        kryo.register(Txn.Multi.class, new MultiSerializer(), 25);
        kryo.register(Txn.CreateSession.class, new CreateSessionSerializer(), 26);
        kryo.register(Txn.CloseSession.class, new CloseSessionSerializer(), 27);
        kryo.register(Txn.Failed.class, new FailedSerializer(), 28);
        kryo.register(Txn.MultiFailed.class, new MultiFailedSerializer(), 29);
    }

    /** Reads what one of the serializers below wrote. */
    static Txn read(Kryo kryo, Input input) {
        @Nullable Object read = kryo.readClassAndObject(input);
        if (read instanceof Txn txn) {
            return txn;
        }
        throw new KryoException("This is no txn but " + read);
    }

    private static final class CreateSerializer extends Serializer<Txn.Create> {
        private final TxnAcls acls;

        CreateSerializer(TxnAcls acls) {
            this.acls = acls;
        }

        @Override
        public void write(Kryo kryo, Output output, Txn.Create txn) {
            Fields.writeText(output, txn.path());
            Fields.writeData(output, txn.data());
            acls.write(output, txn.acl());
            output.writeVarLong(txn.owner(), true);
        }

        @Override
        public Txn.Create read(Kryo kryo, Input input, Class<? extends Txn.Create> type) {
            return new Txn.Create(
                    Fields.readText(input), Fields.readData(input), acls.read(input), input.readVarLong(true));
        }
    }

    private static final class DeleteSerializer extends Serializer<Txn.Delete> {
        @Override
        public void write(Kryo kryo, Output output, Txn.Delete txn) {
            Fields.writeText(output, txn.path());
        }

        @Override
        public Txn.Delete read(Kryo kryo, Input input, Class<? extends Txn.Delete> type) {
            return new Txn.Delete(Fields.readText(input));
        }
    }

    private static final class SetDataSerializer extends Serializer<Txn.SetData> {
        @Override
        public void write(Kryo kryo, Output output, Txn.SetData txn) {
            Fields.writeText(output, txn.path());
            Fields.writeData(output, txn.data());
            output.writeVarInt(txn.version(), false);
        }

        @Override
        public Txn.SetData read(Kryo kryo, Input input, Class<? extends Txn.SetData> type) {
            return new Txn.SetData(Fields.readText(input), Fields.readData(input), input.readVarInt(false));
        }
    }

    private static final class SetAclSerializer extends Serializer<Txn.SetAcl> {
        private final TxnAcls acls;

        SetAclSerializer(TxnAcls acls) {
            this.acls = acls;
        }

        @Override
        public void write(Kryo kryo, Output output, Txn.SetAcl txn) {
            Fields.writeText(output, txn.path());
            acls.write(output, txn.acl());
            output.writeVarInt(txn.aversion(), false);
        }

        @Override
        public Txn.SetAcl read(Kryo kryo, Input input, Class<? extends Txn.SetAcl> type) {
            return new Txn.SetAcl(Fields.readText(input), acls.read(input), input.readVarInt(false));
        }
    }

    private static final class CheckSerializer extends Serializer<Txn.Check> {
        @Override
        public void write(Kryo kryo, Output output, Txn.Check txn) {
            Fields.writeText(output, txn.path());
        }

        @Override
        public Txn.Check read(Kryo kryo, Input input, Class<? extends Txn.Check> type) {
            return new Txn.Check(Fields.readText(input));
        }
    }

    private static final class MultiSerializer extends Serializer<Txn.Multi> {
        @Override
        public void write(Kryo kryo, Output output, Txn.Multi txn) {
            output.writeVarInt(txn.parts().size(), true);
            txn.parts().forEach(part -> kryo.writeClassAndObject(output, part));
        }

        @Override
        public Txn.Multi read(Kryo kryo, Input input, Class<? extends Txn.Multi> type) {
            int count = Fields.readCount(input);
            List<Txn> parts = new ArrayList<>(Math.min(count, 16));
            for (int i = 0; i < count; i++) {
                parts.add(TxnSerializers.read(kryo, input));
            }
            return new Txn.Multi(parts);
        }
    }

    private static final class CreateSessionSerializer extends Serializer<Txn.CreateSession> {
        @Override
        public void write(Kryo kryo, Output output, Txn.CreateSession txn) {
            output.writeLong(txn.id());
            output.writeVarInt(txn.timeoutMs(), true);
            Fields.writeData(output, txn.password().bytes());
        }

        @Override
        public Txn.CreateSession read(Kryo kryo, Input input, Class<? extends Txn.CreateSession> type) {
            return new Txn.CreateSession(input.readLong(), input.readVarInt(true), Fields.readPassword(input));
        }
    }

    private static final class CloseSessionSerializer extends Serializer<Txn.CloseSession> {
        @Override
        public void write(Kryo kryo, Output output, Txn.CloseSession txn) {
            output.writeLong(txn.id());
        }

        @Override
        public Txn.CloseSession read(Kryo kryo, Input input, Class<? extends Txn.CloseSession> type) {
            return new Txn.CloseSession(input.readLong());
        }
    }

    private static final class FailedSerializer extends Serializer<Txn.Failed> {
        @Override
        public void write(Kryo kryo, Output output, Txn.Failed txn) {
            writeCode(output, txn.code());
        }

        @Override
        public Txn.Failed read(Kryo kryo, Input input, Class<? extends Txn.Failed> type) {
            return new Txn.Failed(readCode(input));
        }
    }

    private static final class MultiFailedSerializer extends Serializer<Txn.MultiFailed> {
        @Override
        public void write(Kryo kryo, Output output, Txn.MultiFailed txn) {
            output.writeVarInt(txn.index(), true);
            writeCode(output, txn.code());
        }

        @Override
        public Txn.MultiFailed read(Kryo kryo, Input input, Class<? extends Txn.MultiFailed> type) {
            return new Txn.MultiFailed(input.readVarInt(true), readCode(input));
        }
    }

    private static void writeCode(Output output, ErrorCode code) {
        output.writeVarInt(code.code(), false);
    }

    private static ErrorCode readCode(Input input) {
        int number = input.readVarInt(false);
        ErrorCode code = ErrorCode.of(number);
        if (code == null) {
            throw new KryoException("There is no error code " + number);
        }
        return code;
    }
}
