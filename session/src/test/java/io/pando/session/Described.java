package io.pando.session;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells two messages apart by what they hold; records with bytes in them compare by identity. */
final class Described {
    private Described() {}

    static String of(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "#" + Bytes.hex(bytes);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Described::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Record message) {
            return Arrays.stream(message.getClass().getRecordComponents())
                    .map(component -> component.getName() + "=" + of(valueOf(component, message)))
                    .collect(Collectors.joining(", ", message.getClass().getSimpleName() + "(", ")"));
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private static @Nullable Object valueOf(RecordComponent component, Record message) {
        try {
            return component.getAccessor().invoke(message);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("A component of a record cannot be read", e);
        }
    }
}
