package dev.lmmrec.local.description;

import java.util.Locale;

/** The forms in which the functions are deployed, by the names that the deployment on AWS has for them. */
public enum Packaging {
    /** Jars for a JVM that is there. */
    JVM("./mvnw package"),
    /** Jars with a JVM of their own, and an archive of what that JVM had loaded when it was rehearsed. */
    JVM_AOT("./lmmrec package, with a JDK 25"),
    /** An executable. */
    NATIVE("./mvnw package -Pnative");

    private final String command;

    Packaging(String command) {
        this.command = command;
    }

    /**
     * What makes the zips.
     *
     * @return a command line
     */
    public String command() {
        return command;
    }

    /**
     * Where a function's zip of this form is. What runs on one kind of processor only has this machine's in its name.
     *
     * @param described where the description says the zip of jars is
     * @return the zip
     */
    public String zip(String described) {
        return this == JVM ? described : described.replaceFirst("\\.zip$", "-" + this + "-" + architecture() + ".zip");
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
