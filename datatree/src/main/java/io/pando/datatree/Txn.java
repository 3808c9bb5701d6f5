package io.pando.datatree;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of the tree together with its outcome: effects, not requests. Versions are the resulting ones, names of
 * sequential znodes are final, and whoever applies a txn decides nothing. Arrays in it are never written to.
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content here; a wrapper would cost every znode.
public sealed interface Txn {

    /** Lets {@code visitor} see which kind of txn this is. */
    void accept(Visitor visitor);

    /** One method for each kind, so that a new kind does not compile until everybody has an answer to it. */
    interface Visitor {
        void create(Create txn);

        void delete(Delete txn);

        void setData(SetData txn);

        void setAcl(SetAcl txn);

        void check(Check txn);

        void multi(Multi txn);

        void createSession(CreateSession txn);

        void closeSession(CloseSession txn);

        void failed(Failed txn);

        void multiFailed(MultiFailed txn);
    }

    /** A znode of the kind that {@code owner} says (see {@link Owner}). */
    record Create(String path, byte @Nullable [] data, List<Acl> acl, long owner) implements Txn {
        // Not in the compact form: javac 25 would lose the @Nullable of the array in the class file.
        public Create(String path, byte @Nullable [] data, List<Acl> acl, long owner) {
            this.path = Objects.requireNonNull(path);
            this.data = data;
            this.acl = List.copyOf(acl);
            this.owner = owner;
            if (!Owner.isValid(owner)) {
                throw new IllegalArgumentException("0x" + Long.toHexString(owner) + " can't own " + path);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.create(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Create that
                    && path.equals(that.path)
                    && Arrays.equals(data, that.data)
                    && acl.equals(that.acl)
                    && owner == that.owner;
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, Arrays.hashCode(data), acl, owner);
        }

        @Override
        public String toString() {
            return "Create[path=" + path + ", data=" + DataText.of(data) + ", acl=" + acl + ", owner=0x"
                    + Long.toHexString(owner) + "]";
        }
    }

    /** The end of a childless znode. */
    record Delete(String path) implements Txn {
        public Delete {
            Objects.requireNonNull(path);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.delete(this);
        }
    }

    /** New data, and the version that the znode has with it. */
    record SetData(String path, byte @Nullable [] data, int version) implements Txn {
        public SetData(String path, byte @Nullable [] data, int version) {
            this.path = Objects.requireNonNull(path);
            this.data = data;
            this.version = version;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.setData(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SetData that
                    && path.equals(that.path)
                    && Arrays.equals(data, that.data)
                    && version == that.version;
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, Arrays.hashCode(data), version);
        }

        @Override
        public String toString() {
            return "SetData[path=" + path + ", data=" + DataText.of(data) + ", version=" + version + "]";
        }
    }

    /** A new access control list, and the aversion that the znode has with it. */
    record SetAcl(String path, List<Acl> acl, int aversion) implements Txn {
        public SetAcl {
            Objects.requireNonNull(path);
            acl = List.copyOf(acl);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.setAcl(this);
        }
    }

    /** A check that passed, as a part of a multi: the znode exists. Changes nothing. */
    record Check(String path) implements Txn {
        public Check {
            Objects.requireNonNull(path);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.check(this);
        }
    }

    /** Changes of znodes that happen at once, in order, under one zxid. */
    record Multi(List<Txn> parts) implements Txn {
        public Multi {
            parts = List.copyOf(parts);
            for (Txn part : parts) {
                if (!isPart(part)) {
                    throw new IllegalArgumentException("A multi can't contain " + part);
                }
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.multi(this);
        }

        private static boolean isPart(Txn txn) {
            return txn instanceof Create
                    || txn instanceof Delete
                    || txn instanceof SetData
                    || txn instanceof SetAcl
                    || txn instanceof Check;
        }
    }

    /** A session begins. */
    record CreateSession(long id, int timeoutMs, Password password) implements Txn {
        public CreateSession {
            Objects.requireNonNull(password);
            if (!Owner.isEphemeral(id)) {
                throw new IllegalArgumentException("0x" + Long.toHexString(id) + " can't be a session id");
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.createSession(this);
        }

        @Override
        public String toString() {
            return "CreateSession[id=0x" + Long.toHexString(id) + ", timeoutMs=" + timeoutMs + "]";
        }
    }

    /** A session ends, and its ephemerals with it. */
    record CloseSession(long id) implements Txn {
        @Override
        public void accept(Visitor visitor) {
            visitor.closeSession(this);
        }

        @Override
        public String toString() {
            return "CloseSession[id=0x" + Long.toHexString(id) + "]";
        }
    }

    /** A write that was refused. It takes its place in the log, and so in the order of replies, and changes nothing. */
    record Failed(ErrorCode code) implements Txn {
        public Failed {
            Objects.requireNonNull(code);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.failed(this);
        }
    }

    /** A multi that was refused because of its operation number {@code index}, from 0. */
    record MultiFailed(int index, ErrorCode code) implements Txn {
        public MultiFailed {
            Objects.requireNonNull(code);
            if (index < 0) {
                throw new IllegalArgumentException("A multi has no operation " + index);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.multiFailed(this);
        }
    }
}
