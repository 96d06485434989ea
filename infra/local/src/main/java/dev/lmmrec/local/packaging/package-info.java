/**
 * Zips of functions that bring their own JVM, cut down to what they use, and an archive of what it had loaded and
 * linked in a rehearsal of the main job: so they start in a part of the time. Lambda runs them as custom runtimes.
 */
package dev.lmmrec.local.packaging;
