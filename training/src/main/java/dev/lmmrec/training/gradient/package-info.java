/**
 * What a step of gradient descent is made of: parameters, the tape that records and differentiates, functions written
 * by hand in the middle of it, the memory and the threads that these use, Adam. Knows no graph and no loss.
 */
package dev.lmmrec.training.gradient;
