/**
 * How good a ranking is: anything that scores items for users, the metrics over held-out interactions, and the search
 * for the weights of fused scores. Knows nothing of how scores come about.
 */
package dev.lmmrec.training.evaluation;
