/**
 * What training reads: rows of motivations become interactions between users and items, a split of them, and the text
 * vectors of users and items that come from the rows that are not held out. Knows nothing of models.
 */
package dev.lmmrec.training.data;
