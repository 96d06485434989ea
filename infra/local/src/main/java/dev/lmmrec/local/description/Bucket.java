package dev.lmmrec.local.description;

/**
 * An S3 bucket.
 *
 * @param versioned whether old versions of objects are kept; the local S3 server keeps none
 */
public record Bucket(boolean versioned) {}
