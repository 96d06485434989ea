/**
 * Extractors in an order of preference, as the rungs of a ladder: the first that may and can answer does, within what
 * one review may cost in time and tokens. Knows nothing of what a rung asks or how.
 */
package dev.lmmrec.extraction.extractor.ladder;
