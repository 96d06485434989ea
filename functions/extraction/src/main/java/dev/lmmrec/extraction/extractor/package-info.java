/**
 * The port through which motivations are found, and what comes back through it: candidates that claim to quote the
 * review. Whether they do is not decided here but by grounding, alike for every extractor.
 */
package dev.lmmrec.extraction.extractor;
