/**
 * Studies of several models on one data set, as tables that can be made again. A study is a list of cells, a cell is
 * one model on one split; each is computed once and kept as a file, so that a study that was stopped goes on where it
 * was and ends in the same place. Settings are chosen on validation with the same effort for every model.
 */
package dev.lmmrec.training.experiment;
