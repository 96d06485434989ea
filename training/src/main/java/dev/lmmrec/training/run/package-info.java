/**
 * Whole runs: the comparison of models on one split, and the way from a data set to an artefact. Says nothing about
 * where rows come from or where artefacts go.
 */
package dev.lmmrec.training.run;
