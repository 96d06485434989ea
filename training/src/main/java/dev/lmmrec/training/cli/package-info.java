/**
 * The command line: where rows come from, where artefacts go, what is printed. Exit codes: 0 done, 1 failed with one
 * line that says why, 2 wrong usage.
 */
package dev.lmmrec.training.cli;
