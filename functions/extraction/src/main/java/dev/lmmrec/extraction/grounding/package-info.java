/**
 * The rule that makes motivations trustworthy: no quote in the review, no motivation. Locates the words a candidate
 * claims, drops what cannot be found or says the same twice, and counts both. Knows nothing of who proposed the
 * candidates.
 */
package dev.lmmrec.extraction.grounding;
