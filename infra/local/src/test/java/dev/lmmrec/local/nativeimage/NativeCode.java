package dev.lmmrec.local.nativeimage;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a native library looks up in Java: names and signatures for FindClass and GetMethodID stand in it as text. A
 * class whose name it holds counts, and of such a class each constructor and method whose name and signature it holds;
 * that may be more than it uses, and is never less.
 */
final class NativeCode {

    private static final Pattern NAME = Pattern.compile("(?:ai|java)(?:/[A-Za-z0-9_$]+)+");

    /** The same as part of a signature, by which nothing is looked up. */
    private static final Pattern OF_A_SIGNATURE = Pattern.compile("L" + NAME.pattern() + ";");

    private final String text;
    private final String names;
    private final ClassLoader classes;

    /**
     * Takes a library.
     *
     * @param library its content
     * @param classes where the Java side is
     */
    NativeCode(byte[] library, ClassLoader classes) {
        this.text = new String(library, StandardCharsets.ISO_8859_1);
        this.names = OF_A_SIGNATURE.matcher(text).replaceAll("L;");
        this.classes = classes;
    }

    /**
     * All that it may look up. Of Java's own classes only exceptions: the others that are named the compiler knows by
     * itself.
     */
    Set<Access> lookups() {
        Set<Access> found = new LinkedHashSet<>();
        Matcher next = NAME.matcher(names);
        while (next.find()) {
            named(next.group())
                    .filter(type -> !type.getName().startsWith("java.") || Throwable.class.isAssignableFrom(type))
                    .ifPresent(type -> {
                        found.add(Access.of(Access.Way.JNI, type.getName()));
                        Stream.<Executable>concat(
                                        Arrays.stream(type.getDeclaredConstructors()),
                                        Arrays.stream(type.getDeclaredMethods()))
                                .filter(this::isNamed)
                                .forEach(member ->
                                        found.add(new Access(Access.Way.JNI, type.getName(), memberOf(member))));
                    });
        }
        return found;
    }

    /**
     * Some compilers lay texts one after the other without anything between: the longest beginning that is a class
     * counts.
     */
    private Optional<Class<?>> named(String name) {
        for (int end = name.length(); end > name.lastIndexOf('/') + 1; end--) {
            try {
                return Optional.of(Class.forName(name.substring(0, end).replace('/', '.'), false, classes));
            } catch (ClassNotFoundException | LinkageError e) {
                // a shorter one may be
            }
        }
        return Optional.empty();
    }

    private boolean isNamed(Executable member) {
        boolean constructor = member instanceof Constructor<?>;
        Class<?> result = member instanceof Method method ? method.getReturnType() : void.class;
        String signature =
                MethodType.methodType(result, member.getParameterTypes()).toMethodDescriptorString();
        return text.contains(constructor ? "<init>" : "\0" + member.getName() + "\0") && text.contains(signature);
    }

    private static String memberOf(Executable member) {
        return Arrays.stream(member.getParameterTypes())
                .map(Class::getTypeName)
                .collect(Collectors.joining(
                        ",", (member instanceof Constructor<?> ? "<init>" : member.getName()) + "(", ")"));
    }
}
