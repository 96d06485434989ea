/**
 * How files of reviews come in: the formats they are written in, a reader that goes through a file of any size in
 * constant memory, the file of refused lines, and the import that leads reviews from a file to the queue. What a review
 * must be is {@code core.review}'s business; nothing here knows a command line.
 */
package dev.lmmrec.core.intake;
