/** The promoted artefact in memory, and who gets which items in which order. Knows no HTTP and no reasons. */
package dev.lmmrec.scoring.ranking;
