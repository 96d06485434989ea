/**
 * What can be put around a backbone so that it learns from text: LMMRec and the published alternatives it is measured
 * against. A wrapper brings parameters, loss terms and what happens after a step; it sees the backbone's vectors and
 * nothing else of it.
 */
package dev.lmmrec.training.wrapper;
