/** Training of a reader of opinion triplets on labelled sentences, on the upper layers of the sentence encoder. */
package dev.lmmrec.training.triplet;
