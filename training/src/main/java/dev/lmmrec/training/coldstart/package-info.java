/**
 * How well users and items are ranked of whom training saw nothing, and who have written, or of which was written, a
 * single review.
 */
package dev.lmmrec.training.coldstart;
