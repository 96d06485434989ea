package dev.lmmrec.training.job;

import dev.lmmrec.training.data.RefusedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object, or with a slash at the end everything below a prefix.
 *
 * @param bucket the bucket's name
 * @param key the key; empty for the whole bucket
 */
public record S3Address(String bucket, String key) {

    private static final String SCHEME = "s3://";
    private static final Pattern FORM = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    /**
     * Tells addresses from other words.
     *
     * @param word an argument
     * @return whether it is meant to be an address
     */
    public static boolean isMeantBy(String word) {
        return word.startsWith(SCHEME);
    }

    /**
     * Reads an address.
     *
     * @param text such as {@code s3://bucket/prefix/}
     * @return the address
     * @throws RefusedInputException if it is none
     */
    public static S3Address parse(String text) throws RefusedInputException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new RefusedInputException("'" + text + "' is no address in S3; write s3://BUCKET/KEY, or"
                    + " s3://BUCKET/PREFIX/ for all objects below it");
        }
        return new S3Address(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /**
     * Tells a folder from an object.
     *
     * @return whether it stands for all objects below a prefix
     */
    public boolean isFolder() {
        return key.isEmpty() || key.endsWith("/");
    }

    /**
     * The same address as a folder.
     *
     * @return with a slash at the end, unless it is the whole bucket
     */
    public S3Address asFolder() {
        return isFolder() ? this : new S3Address(bucket, key + "/");
    }

    /**
     * The last part of the key.
     *
     * @return without slashes
     */
    public String name() {
        String path = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
