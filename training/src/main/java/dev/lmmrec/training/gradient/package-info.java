/** What a step of gradient descent is made of: parameters, the tape that records and differentiates, Adam. */
package dev.lmmrec.training.gradient;
