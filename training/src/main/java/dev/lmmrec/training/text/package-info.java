/** The text side: from a profile's text vector to the aligned vector that meets interaction vectors in one space. */
package dev.lmmrec.training.text;
