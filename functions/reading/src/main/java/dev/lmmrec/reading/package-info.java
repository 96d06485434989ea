/**
 * Reading a review without any network: the port, and what comes back through it. The packages below hold the readers
 * and what they stand on; none of them knows Lambda, stores or language models.
 */
package dev.lmmrec.reading;
