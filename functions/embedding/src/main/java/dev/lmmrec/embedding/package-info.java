/**
 * Function 2 of 3: a changed review's motivations come in from the table's stream, its sentence vectors and the merged
 * profiles of its user and item go out. This package holds the handler and the wiring.
 */
package dev.lmmrec.embedding;
