/**
 * The upper layers of the sentence encoder, to be trained further with what is put on top of them: where they begin,
 * how they read a batch, and what they read. What is put on top lives with its task.
 */
package dev.lmmrec.training.encoder;
