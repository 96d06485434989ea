/**
 * Where an artefact comes from, told so that it can be made again: the rows, the commit, the command with everything
 * that shapes the run, the model card, and the comparison of what was made with what is made again.
 */
package dev.lmmrec.training.provenance;
