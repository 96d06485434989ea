/** Distillation: a small head on frozen token vectors learns to find motivations as a language model labelled them. */
package dev.lmmrec.training.distil;
