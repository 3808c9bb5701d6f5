package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import io.pando.datatree.Txn;
import org.jspecify.annotations.Nullable;

/**
 * Classes known by their numbers alone, and none but txns. Kryo's own resolver, also when it requires registration, first reads the name of
 * a class out of the bytes, at whatever length they claim, and only then refuses it; and strings and numbers are always registered with it, and
 * read at whatever length they claim.
 */
final class NumberedClasses extends DefaultClassResolver {
    @Override
    public @Nullable Registration readClass(Input input) {
        Registration registration = super.readClass(input);
        if (registration != null && !Txn.class.isAssignableFrom(registration.getType())) {
            throw new KryoException(
                    "This is no txn but a " + registration.getType().getSimpleName());
        }
        return registration;
    }

    @Override
    protected Registration readName(Input input) {
        throw new KryoException("A class is given by its name; only numbers are known here");
    }
}
