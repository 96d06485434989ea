/**
 * Models of interactions alone. A backbone is either learnt by gradient, and then says how its vectors follow from its
 * parameters and which loss terms are its own, or has a closed form. Text and alignment wrap around any of them from
 * outside.
 */
package dev.lmmrec.training.backbone;
