/**
 * The words of a review, the classes of words that hint at motivations, and the rules by which a statement is written
 * from its evidence.
 */
package dev.lmmrec.reading.text;
