/**
 * The reader that needs neither network nor native library: a chain model marks the words that show a motivation, two
 * linear models decide its facet and polarity. What they look at are words and cue classes; their weights are text
 * resources written by the weight tuning in the test sources.
 */
package dev.lmmrec.reading.linear;
