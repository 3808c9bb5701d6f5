package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/**
 * Classes known by their numbers alone. Kryo's own resolver, also when it requires registration, first reads the name of
 * a class out of the bytes, at whatever length they claim, and only then refuses it.
 */
final class NumberedClasses extends DefaultClassResolver {
    @Override
    protected Registration readName(Input input) {
        throw new KryoException("A class is given by its name; only numbers are known here");
    }
}
