/**
 * Opinion triplets of sentences: what is spoken of, what is said of it, and whether that is good. They are read from
 * files, found by a dictionary or by what was trained on labelled sentences, and compared with labelled ones.
 */
package dev.lmmrec.reading.triplet;
