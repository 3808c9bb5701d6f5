package io.pando.zab.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The protocol with one rule taken out: a copy of a source file is changed, compiled in memory, and runs in place of the original
 * under the same simulator. The production code has no switches for this.
 */
public final class Mutant {
    private final Method run;

    private Mutant(Map<String, byte[]> changed, String prefix, Method original) throws ReflectiveOperationException {
        run = new Loader(changed, prefix)
                .loadClass(original.getDeclaringClass().getName())
                .getDeclaredMethod(original.getName(), original.getParameterTypes());
        run.setAccessible(true);
    }

    /** @param file below {@code src} */
    static Mutant of(String file, String rule, String instead) throws IOException, ReflectiveOperationException {
        Method simulation = Simulation.class.getDeclaredMethod("run", String.class, long.class);
        return of(Path.of("src", file), rule, instead, "io.pando.zab.", simulation);
    }

    /**
     * The program with one change in one source file.
     *
     * @param path of the source file
     * @param rule occurs exactly once in it
     * @param prefix of the names of all classes that may know the changed one
     * @param original static, one of these classes', and run with the change by {@link #failure}
     */
    public static Mutant of(Path path, String rule, String instead, String prefix, Method original)
            throws IOException, ReflectiveOperationException {
        String source = Files.readString(path);
        int at = source.indexOf(rule);
        if (at < 0 || source.indexOf(rule, at + 1) >= 0) {
            throw new IllegalArgumentException("Not exactly once in " + path + ": " + rule);
        }
        String mutated = source.substring(0, at) + instead + source.substring(at + rule.length());
        return new Mutant(compile(path.getFileName().toString(), mutated), prefix, original);
    }

    private static Map<String, byte[]> compile(String name, String source) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "This is no JDK");
        StringWriter complaints = new StringWriter();
        try (Compiled compiled = new Compiled(compiler.getStandardFileManager(null, null, null))) {
            boolean done = compiler.getTask(
                            complaints,
                            compiled,
                            null,
                            List.of("-nowarn", "-proc:none", "-classpath", System.getProperty("java.class.path")),
                            null,
                            List.of(new Source(name, source)))
                    .call();
            if (!done) {
                throw new IllegalArgumentException("Does not compile: " + complaints);
            }
            Map<String, byte[]> classes = new HashMap<>();
            compiled.classes.forEach((className, bytes) -> classes.put(className, bytes.toByteArray()));
            return classes;
        }
    }

    /** Runs one seed of a scenario, or without a name of the random faults; the failure that it meets, or an empty text. */
    String failureOf(String scenario, long seed) throws ReflectiveOperationException {
        return failure(scenario, seed);
    }

    /** Runs it once; the failure that it meets, or an empty text. */
    public String failure(Object... arguments) throws ReflectiveOperationException {
        try {
            run.invoke(null, arguments);
            return "";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        }
    }

    /** Has classes of its own for everything that may be changed, and for all that knows it. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> changed;
        private final String prefix;

        Loader(Map<String, byte[]> changed, String prefix) {
            super(Mutant.class.getClassLoader());
            this.changed = changed;
            this.prefix = prefix;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = changed.get(name);
            if (bytes == null) {
                bytes = original(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        private byte[] original(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                return Objects.requireNonNull(in, name).readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Compiled(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
