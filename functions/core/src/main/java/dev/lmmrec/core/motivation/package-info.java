/**
 * A motivation, the second noun: why a person wanted a thing, or what in the thing answered that want, with the words
 * of the review that show it; what extraction found in one review; and the table that keeps it. How motivations are
 * found is extraction's business.
 */
package dev.lmmrec.core.motivation;
