/** How content is told apart by a short name: one hash function for all that is named after what it holds. */
package dev.lmmrec.core.digest;
