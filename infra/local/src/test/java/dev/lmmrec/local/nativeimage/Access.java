package dev.lmmrec.local.nativeimage;

/**
 * Something that a function reaches at run time by its name only, which a native executable must be told of.
 *
 * @param way how it is reached
 * @param name of a class, or the path of a resource
 * @param member {@code name(type,…)} of a constructor or method; empty for the class or the resource itself
 */
record Access(Way way, String name, String member) {

    enum Way {
        /** By native code. */
        JNI,
        /** One member by reflection. */
        REFLECTION,
        /** All constructors, methods and fields by reflection, as Jackson does. */
        SERIALISATION,
        /** A file of the class path. */
        RESOURCE
    }

    static Access of(Way way, String name) {
        return new Access(way, name, "");
    }

    @Override
    public String toString() {
        return way + " " + name + (member.isEmpty() ? "" : "." + member);
    }
}
