/**
 * The extractor that needs no network: a chain model marks the words that show a motivation, two linear models decide
 * its facet and polarity, and stated rules write the statement. What the models look at are words and the cue classes
 * of {@code cues.txt}; their weights are text resources written by the weight tuning in the test sources.
 */
package dev.lmmrec.extraction.extractor.embedded;
