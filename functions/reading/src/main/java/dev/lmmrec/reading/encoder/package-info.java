/**
 * The sentence encoder that comes with the program, as readers use it: piece by piece, and with layers of their choice.
 */
package dev.lmmrec.reading.encoder;
