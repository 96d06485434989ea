/**
 * Learning and measuring reasons: which statements of an item a user gives too, and whether the motive that a reason
 * names bears on the score. The choosing itself is core's, so that what is measured here is what is served.
 */
package dev.lmmrec.training.explanation;
